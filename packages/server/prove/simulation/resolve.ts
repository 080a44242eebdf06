import { IDLE_MS } from './bank-door.ts'
import type { Client } from './client.ts'
import type { Company } from './company.ts'
import type { World } from './world.ts'

const ANSWER_MAX_MS = 3 * 60 * 60_000

/** Somebody asks the bank, which takes longer than any connection of ours stays open, and tells what it said. */
export async function resolveUnknown(world: World, client: Client, company: Company, submissionId: string) {
  const path = `/v1/submissions/${submissionId}`
  const { owner } = company.people
  const before = await client.read(company, owner, path)
  if (before.status !== 200 || before.body['state'] !== 'unknown') return
  await world.time.wait(world.random.between(2 * IDLE_MS, ANSWER_MAX_MS))
  const isThere = world.copiesOf(company, String(before.body['sha256'])) > 0
  const body = { outcome: isThere ? 'delivered' : 'notDelivered', reason: 'the bank said so' }
  await client.change(company, owner, 'POST', `${path}/resolve`, { body })
}
