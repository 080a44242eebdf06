import { IDLE_MS } from './bank-door.ts'
import type { Client } from './client.ts'
import type { Company } from './company.ts'
import type { World } from './world.ts'

const ANSWER_MAX_MS = 3 * 60 * 60_000
const SECOND_LOOK_MAX_MS = 60 * 60_000
/** How likely somebody tries to be both people. */
const ALONE = 0.4

/**
 * Somebody asks the bank, which takes longer than any connection of ours stays open, and tells what it said. Another
 * person asks as well and agrees, or contradicts.
 */
export async function resolveUnknown(world: World, client: Client, company: Company, submissionId: string) {
  const { time, random } = world
  const { owner, partner } = company.people
  const path = `/v1/submissions/${submissionId}`
  const before = await client.read(company, owner, path)
  if (before.status !== 200 || before.body['state'] !== 'unknown') return
  const truth = () => (world.copiesOf(company, String(before.body['sha256'])) > 0 ? 'delivered' : 'notDelivered')
  await time.wait(random.between(2 * IDLE_MS, ANSWER_MAX_MS))
  const told = { outcome: truth(), reason: 'the bank said so' }
  await client.change(company, owner, 'POST', `${path}/resolve`, { body: told })
  await time.wait(random.between(1, SECOND_LOOK_MAX_MS))
  if (random.chance(ALONE))
    await client.change(company, owner, 'POST', `${path}/confirm-resolution`, { body: { outcome: told.outcome } })
  const outcome = truth()
  const isAgreed = outcome === told.outcome
  const verb = isAgreed ? 'confirm-resolution' : 'reject-resolution'
  const body = isAgreed ? { outcome } : { reason: 'the bank says something else now' }
  await client.change(company, partner, 'POST', `${path}/${verb}`, { body })
}
