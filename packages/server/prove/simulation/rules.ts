import type { Client } from './client.ts'
import type { Company } from './company.ts'
import type { World } from './world.ts'

/** Above this sum two people approve, in companies that say so. */
const TWO_FROM_CENTS = 6_000_000
const IS_STRICT = 0.4

/** Somebody may say that large files need two approvals. */
export async function agreeOnPolicy(world: World, client: Client, company: Company): Promise<void> {
  if (!world.random.chance(IS_STRICT)) return
  const rules = [
    { fromCents: 0, approvals: 1 },
    { fromCents: TWO_FROM_CENTS, approvals: 2 },
  ]
  const body = { version: 0, rules, expiresAfterDays: 7 }
  const about = { twoFromCents: TWO_FROM_CENTS }
  await client.change(company, company.people.owner, 'POST', '/v1/approval-policy', { body, about })
}

const STOPPED_MAX_MS = 30 * 60_000
/** Shorter than a process sleeps. */
const STOPPED_SHORTLY_MAX_MS = 2 * 60_000

/** Somebody pulls the brake and lets go of it after a while, or lets go of that of another. */
export async function stopOrResume(world: World, client: Client, company: Company): Promise<void> {
  if (world.ledger.isStopped(company.id)) return resume(client, company)
  const { people, machine } = company
  const who = world.random.pick([people.approver, people.owner, machine])
  await client.change(company, who, 'POST', '/v1/deliveries/stop', { body: { reason: 'something is odd' } })
  const isShort = world.focus === 'pausedBrakes'
  await world.time.wait(world.random.between(1, isShort ? STOPPED_SHORTLY_MAX_MS : STOPPED_MAX_MS))
  await resume(client, company)
}

export async function resume(client: Client, company: Company): Promise<void> {
  const body = { reason: 'all is well' }
  await client.change(company, company.people.owner, 'POST', '/v1/deliveries/resume', { body })
}
