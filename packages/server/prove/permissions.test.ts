import { MACHINE_SCOPES, type Role, SCOPES } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Operation } from '../src/http/operation.ts'
import { allOperations } from '../src/operations.ts'
import { byHand } from '../src/storage/testing/by-hand.ts'
import { CALLERS, type CallerName, type Cell, cellOf, permissionsPage } from './permissions/table.ts'
import { bearer } from './tenancy/bearer.ts'
import { type Described, describedOperations } from './tenancy/described.ts'
import { always } from './tenancy/expected.ts'
import { requestOf } from './tenancy/requests.ts'
import { createWorld, PAGE, type Person, type World } from './tenancy/world.ts'

/** The list of operations needs its dependencies only when one runs. */
const operations = allOperations(new Proxy({} as Parameters<typeof allOperations>[0], { get: () => ({}) }))

test('the page in the docs is what the operations say', async () => {
  await expect(permissionsPage(operations)).toMatchFileSnapshot('../../../docs/permissions.md')
})

let world: World
let described: ReadonlyMap<string, Described>
beforeAll(async () => {
  world = await createWorld()
  described = new Map((await describedOperations(world.api)).map((one) => [one.id, one]))
}, 60_000)
afterAll(() => world.close())

/** What says that it is this caller who may not. */
const REFUSALS = [
  'unauthenticated',
  'session-expired',
  'forbidden',
  'forged-request',
  'person-required',
  'organization-required',
]

/** Somebody's answer: whether the caller was let in, asked for a proof, or refused. */
async function outcomeOf(response: Response): Promise<'in' | 'proof' | 'refused'> {
  const text = await response.text()
  const code = response.status < 400 ? '' : ((JSON.parse(text) as { code?: string }).code ?? '')
  if (response.status >= 500) throw new Error(`${response.status} ${text}`)
  if (code === 'step-up-required') return 'proof'
  return REFUSALS.includes(code) ? 'refused' : 'in'
}

let calls = 0
function sendAs(person: Person, place: { organization: string } | { platform: string } | null) {
  return (operation: Described) => {
    calls += 1
    world.api.network.address = `198.51.${Math.floor(calls / 200) % 250}.${calls % 200}`
    const { method, path, body } = requestOf(operation, world.victim.ids)
    const sent = {
      headers: { 'Idempotency-Key': world.fresh() },
      body,
      ...place,
    }
    return person.send(method, path, sent)
  }
}
type Send = (operation: Described) => Promise<Response>

/** What ends something of the caller comes last, and signing out at the very end. */
function inOrder(): Operation[] {
  const rank = ({ id }: Operation) =>
    id === 'portalSession.end' ? 2 : /^(?!schedules).*\.(leave|end|close|remove)/.test(id) ? 1 : 0
  return [...operations].sort((a, b) => rank(a) - rank(b))
}

async function walk(name: CallerName, send: Send, outcome: (cell: Cell, operation: Operation) => readonly string[]) {
  await world.renew()
  const wrong: string[] = []
  for (const operation of inOrder()) {
    const told = described.get(operation.id)
    if (told === undefined) throw new Error(`${operation.id} is not described`)
    const wanted = outcome(cellOf(operation, name), operation)
    const response = await send(told)
    // Somebody else's platform is told of as one that never was.
    const isHidden = told.isOfPlatform && response.status === 404 && wanted.includes('refused')
    const got = await outcomeOf(response)
    if (!wanted.includes(got) && !isHidden) wrong.push(`${operation.id} as ${name}: ${got}, not ${wanted.join(' or ')}`)
  }
  return wrong
}

const isOwn = (operation: Operation) => operation.effect === 'session'
/** What is one's own asks for a proof by itself, and its empty body is read before the caller is asked for. */
const proven = (cell: Cell, operation: Operation) =>
  cell === 'no' ? ['refused'] : isOwn(operation) ? ['in', 'proof'] : ['in']
const unproven = (cell: Cell, operation: Operation) => {
  if (cell === 'some' || (isOwn(operation) && cell !== 'no')) return ['in', 'proof']
  return cell === 'no' ? ['refused'] : [cell === 'proof' ? 'proof' : 'in']
}

test.each(['viewer', 'preparer', 'approver', 'administrator', 'owner'] as const)(
  'every operation answers a member as %s as the table says, with a proof and without',
  async (role: Role) => {
    const { organization } = world.victim.ids
    for (const [kind, outcome] of [
      ['unproven', unproven],
      ['person', proven],
    ] as const) {
      const email = `${kind}-${role}@example.com`
      await world.api.addMember(organization, email, role)
      const wrong = await walk(role, sendAs(await world[kind](email), { organization }), outcome)
      expect(wrong).toEqual([])
    }
  },
  120_000,
)

test('every operation answers a person who names no organization as the table says', async () => {
  await world.api.addMember(world.victim.ids.organization, 'nowhere@example.com', 'administrator')
  const send = sendAs(await world.person('nowhere@example.com'), null)
  expect(await walk('signed in, elsewhere', send, proven)).toEqual([])
}, 60_000)

test('every operation answers a person of the platform as the table says', async () => {
  const { ids, platformId } = world.victim
  const userId = await world.api.addMember(world.other.ids.organization, 'keeper@example.com', 'viewer')
  await world.addPlatformMember(platformId, userId)
  const send = sendAs(await world.person('keeper@example.com'), { platform: ids.platform })
  expect(await walk('platform administrator', send, proven)).toEqual([])
}, 60_000)

test.each(CALLERS.slice(7))(
  'every operation answers a %s as the table says',
  async (name) => {
    const { organization } = world.victim.ids
    const token = await tokenOf(name)
    const send: Send = async (operation) => {
      await prepare(operation.id)
      const isNamed = name === 'platform key' && operation.id !== 'organizations.create' && !operation.isOfPlatform
      const named = isNamed ? { organization } : {}
      const origin = name === 'embed session' ? { origin: PAGE } : {}
      const caller = bearer(world, name, token, { ...named, ...origin }, always('forbidden'))
      return caller.send(requestOf(operation, world.victim.ids))
    }
    // A wrong page is told before who asks; a wrong question to what is one's own as well.
    const wanted = (cell: Cell, operation: Operation) =>
      isOwn(operation) ? ['in', 'refused'] : cell === 'no' ? ['refused'] : ['in']
    expect(await walk(name, send, wanted)).toEqual([])
  },
  60_000,
)

/** What a decision is about waits for one, so that only who decides is left to refuse. */
async function prepare(id: string): Promise<void> {
  const { organization, achFile, submission } = world.victim.ids
  const tenant = byHand(await world.api.parts.databases.tenantOf(organization))
  const status = STATUS_BEFORE[id]
  const state = STATE_BEFORE[id]
  await tenant.write(async (tx) => {
    if (status !== undefined) {
      await tx.run(
        sql`UPDATE ach_files SET status = ${status}, version = 1 WHERE organization_id = ${organization} AND id = ${achFile}`,
      )
    }
    if (state !== undefined)
      await tx.run(
        sql`UPDATE submissions SET state = ${state} WHERE organization_id = ${organization} AND id = ${submission}`,
      )
  })
}
const STATUS_BEFORE: Record<string, string> = {
  'achFiles.approve': 'pendingApproval',
  'achFiles.reject': 'pendingApproval',
  'achFiles.withdrawApproval': 'pendingApproval',
}
const STATE_BEFORE: Record<string, string> = {
  'submissions.retry': 'failed',
  'submissions.resolve': 'unknown',
  'submissions.confirmResolution': 'unknown',
  'submissions.rejectResolution': 'unknown',
}

async function tokenOf(name: CallerName): Promise<string | null> {
  if (name === 'platform key') return world.victim.platformKey
  if (name === 'organization key') return world.key(world.victim.ids.organization, MACHINE_SCOPES)
  if (name === 'nobody') return null
  const features = { recipients: ['write'], achFiles: ['write', 'approve', 'submit', 'resolve'] }
  const components = Object.fromEntries(
    Object.entries(features).map(([component, all]) => [component, { features: all }]),
  )
  return (await world.embedded(world.victim, components)).token
}

test('a key without the permission is refused, also when it has every other one', async () => {
  for (const scope of SCOPES) {
    const others = SCOPES.filter((each) => each !== scope)
    const key = await world.key(world.victim.ids.organization, others)
    for (const operation of operations) {
      if (operation.effect === 'session' || operation.scope !== scope) continue
      const told = described.get(operation.id)
      if (told === undefined) throw new Error(`${operation.id} is not described`)
      const response = await bearer(world, '', key, {}, always('forbidden')).send(requestOf(told, world.victim.ids))
      expect([operation.id, response.status]).toEqual([operation.id, 403])
    }
  }
}, 60_000)
