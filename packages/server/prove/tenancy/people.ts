import { type Role, SCOPES } from '@fistworks/contract'
import { bearer } from './bearer.ts'
import { type Described, isMachineScope, isOfRole } from './described.ts'
import { always, ANSWERED, type Caller, elsewhere, type Expected, inside, OPEN, ofPortal, status } from './expected.ts'
import { requestOf } from './requests.ts'
import type { Person, World } from './world.ts'

function visitor(
  world: World,
  name: string,
  who: Person,
  headers: Record<string, string>,
  organization: string | null,
  expects: Caller['expects'],
): Caller {
  return {
    name,
    isInside: false,
    expects,
    send({ method, path, body }) {
      const sent = {
        headers: { 'Idempotency-Key': world.fresh(), ...headers },
        ...(body === undefined ? {} : { body }),
      }
      return who.send(method, path, organization === null ? sent : { ...sent, organization })
    },
  }
}

/** What is about the person who is signed in, and the door before it, is nobody else's. */
const unlessOwn = (expects: Caller['expects']) => (operation: Described) =>
  operation.scope === null ? ANSWERED : expects(operation)

/** People at the portal who do not belong to the organization, or whose request was made by another page. */
export async function people(world: World): Promise<Caller[]> {
  const { victim, other } = world
  const organization = victim.ids.organization
  await world.api.addMember(other.ids.organization, 'elsewhere@example.com', 'administrator')
  const stranger = await world.person('elsewhere@example.com')
  const removedId = await world.api.addMember(organization, 'removed@example.com', 'administrator')
  const removed = await world.person('removed@example.com')
  await world.removeMember(organization, removedId)
  const member = async (name: string, of = organization) => {
    await world.api.addMember(of, `${name}@example.com`, 'administrator')
    return world.person(`${name}@example.com`)
  }
  const busy = await member('busy', other.ids.organization)
  const [nowhereYet, lured, forged] = [await member('nowhere'), await member('lured'), await member('forged')]
  const ended = await endedSession(world)
  const foreign = unlessOwn(always('not-found'))
  const of = visitor.bind(null, world)
  return [
    of('a member of another organization', stranger, {}, organization, foreign),
    of('a person without a membership', removed, {}, organization, foreign),
    of(
      'a member of another organization who names its things',
      busy,
      {},
      other.ids.organization,
      elsewhere((scope) => isOfRole('administrator', scope), true),
    ),
    of('a member who names no organization', nowhereYet, {}, null, unlessOwn(nowhere)),
    of('a portal session that has ended', ended, {}, organization, (operation) =>
      operation.path.startsWith('/v1/sign-in/') ? ANSWERED : status('session-expired', 'validation-failed'),
    ),
    of(
      'a member from a page that is not ours',
      lured,
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
      organization,
      (operation) => (operation.method === 'GET' ? toCookie(operation) : status('forged-request')),
    ),
    of(
      'a member without the anti-forgery token',
      forged,
      { 'FISTWorks-Anti-Forgery': 'x' },
      organization,
      (operation) => {
        if (operation.path.startsWith('/v1/sign-in/')) return ANSWERED
        if (operation.method === 'GET') return toCookie(operation)
        return operation.scope === null ? status('forged-request', 'validation-failed') : status('forged-request')
      },
    ),
  ].map((caller) => (/^a member (from|without|who names no)/.test(caller.name) ? inside(caller) : caller))
}

/** A read is open to the cookie of a member, but for what an embed session asks about itself. */
const toCookie = ({ id }: Described) => (id === 'embedSession.retrieve' ? status('unauthenticated') : OPEN)

/** A person may always see which organizations are theirs and found another, and nothing else without naming one. */
function nowhere(operation: Described): Expected {
  if (operation.scope !== 'organizations:read' && operation.scope !== 'organizations:write') return status('forbidden')
  return operation.hasId ? { status: [200, 404], sameAsUnknown: false } : ANSWERED
}

async function endedSession(world: World): Promise<Person> {
  await world.api.addMember(world.victim.ids.organization, 'gone@example.com', 'administrator')
  const person = await world.person('gone@example.com')
  await person.send('POST', '/v1/session/end')
  return person
}

/** Who belongs to the organization; last, because they change it. */
export async function insiders(world: World): Promise<Caller[]> {
  const organization = world.victim.ids.organization
  const callers: Caller[] = [
    inside(bearer(world, 'a key without any scope', await world.key(organization, []), {}, always('forbidden'))),
    inside(wrongScope(world, await keysWithout(world, organization))),
  ]
  for (const role of ['viewer', 'preparer', 'approver', 'administrator', 'owner'] as const) {
    const email = `${role}@example.com`
    await world.api.addMember(organization, email, role)
    callers.push(
      inside(visitor(world, `a member as ${role}`, await world.person(email), {}, organization, ofRole(role))),
    )
  }
  await world.api.addMember(organization, 'unproven@example.com', 'administrator')
  const unproven = await world.unproven('unproven@example.com')
  callers.push(inside(visitor(world, 'a member without a fresh proof', unproven, {}, organization, withoutProof)))
  const { platformKey } = world.victim
  callers.push(inside(bearer(world, 'the platform of the organization', platformKey, { organization }, ofPlatform)))
  return callers
}

const ofRole =
  (role: Role) =>
  (operation: Described): Expected => {
    if (operation.scope === null) return ANSWERED
    return isOfRole(role, operation.scope) ? OPEN : status('forbidden')
  }

function withoutProof(operation: Described): Expected {
  const expected = ofRole('administrator')(operation)
  return expected === OPEN && asksForProof(operation) ? status('step-up-required') : expected
}

function asksForProof(operation: Described): boolean {
  if (operation.stepUp === null || operation.stepUpFor === null) return operation.stepUp !== null
  const named = Object.keys(requestOf(operation).body ?? {})
  return operation.stepUpFor.some((field) => named.includes(field))
}

function ofPlatform(operation: Described): Expected {
  if (operation.scope === null) return ofPortal(operation)
  if (operation.id === 'organizations.create') return ANSWERED
  return isMachineScope(operation.scope) ? OPEN : status('forbidden')
}

/** One key per scope, which has every other one. */
async function keysWithout(world: World, organization: string): Promise<Map<string, string>> {
  const keys = new Map<string, string>()
  for (const scope of SCOPES) {
    keys.set(
      scope,
      await world.key(
        organization,
        SCOPES.filter((each) => each !== scope),
      ),
    )
  }
  return keys
}

function wrongScope(world: World, keys: ReadonlyMap<string, string>): Caller {
  let asked: Described | undefined
  return {
    name: 'a key with every scope but the one that is needed',
    isInside: false,
    expects(operation) {
      asked = operation
      return always('forbidden')(operation)
    },
    send(request) {
      const key = keys.get(asked?.scope ?? '') ?? ''
      return bearer(world, '', key === '' ? null : key, {}, always('forbidden')).send(request)
    },
  }
}
