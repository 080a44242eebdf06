import { type Role, SCOPES, type Scope } from '@fistworks/contract'
import { bearer } from './bearer.ts'
import { type Described, isMachineScope, isOfPlatformPerson, isOfRole } from './described.ts'
import {
  ANSWERED,
  always,
  type Caller,
  type Expected,
  elsewhere,
  inside,
  OPEN,
  ofPortal,
  openTo,
  status,
} from './expected.ts'
import { requestOf } from './requests.ts'
import type { Person, World } from './world.ts'

function visitor(
  world: World,
  name: string,
  who: Person,
  headers: Record<string, string>,
  organization: string | { platform: string } | null,
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
      const place = typeof organization === 'string' ? { organization } : organization
      return who.send(method, path, { ...sent, ...place })
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
    ...(await peopleOfPlatforms(world)),
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
const toCookie = (operation: Described) =>
  operation.id === 'embedSession.retrieve' ? status('unauthenticated') : openTo(operation)

/** A person may always see which organizations are theirs, found another, and begin a platform; nothing else without naming a place. */
function nowhere(operation: Described): Expected {
  if (operation.scope === 'platforms:write') return operation.hasId ? status('not-found') : ANSWERED
  if (operation.scope !== 'organizations:read' && operation.scope !== 'organizations:write') return status('forbidden')
  return operation.hasId ? { status: [200, 404], sameAsUnknown: false } : ANSWERED
}

/** Who looks after another accounting product, and is nobody to this one. */
async function peopleOfPlatforms(world: World): Promise<Caller[]> {
  const { victim, other } = world
  const person = async (name: string) => {
    const userId = await world.api.addMember(other.ids.organization, name, 'viewer')
    await world.addPlatformMember(other.platformId, userId)
    return world.person(name)
  }
  const [lost, strayed] = [await person('lost@example.com'), await person('strayed@example.com')]
  const [theirs, mine] = [{ platform: victim.platformId }, { platform: other.platformId }]
  const foreign = unlessOwn(always('not-found'))
  const own = unlessOwn(ofPlatformPerson(elsewhere(isOfPlatformPerson, true)))
  return [
    visitor(world, 'a person of another platform who names this one', lost, {}, theirs, foreign),
    visitor(world, 'a person of another platform who names things of this one', strayed, {}, mine, own),
  ]
}

/** Who works for a platform works in no organization. */
const ofPlatformPerson =
  (expects: Caller['expects']) =>
  (operation: Described): Expected =>
    operation.isOfTenant && operation.scope !== null && isOfPlatformPerson(operation.scope)
      ? status('organization-required')
      : expects(operation)

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
    inside(bearer(world, 'a narrowed access token', await narrowToken(world, organization), {}, narrowed)),
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
  const { platformKey, platformId } = world.victim
  const userId = await world.api.addMember(world.other.ids.organization, 'keeper@example.com', 'viewer')
  await world.addPlatformMember(platformId, userId)
  const keeper = await world.person('keeper@example.com')
  const ofKeeper = unlessOwn(ofPlatformPerson(asKeeper))
  callers.push(inside(visitor(world, 'a person of the platform', keeper, {}, { platform: platformId }, ofKeeper)))
  callers.push(inside(bearer(world, 'the platform of the organization', platformKey, { organization }, ofPlatform)))
  return callers
}

const NARROW: readonly Scope[] = ['recipients:read', 'recipients:write']

/** Of a key that may do all a key may. */
const narrowToken = async (world: World, organization: string) =>
  world.accessToken(await world.key(organization), { scope: NARROW.join(' ') })

function narrowed(operation: Described): Expected {
  if (operation.scope === null) return ofPortal(operation)
  return NARROW.includes(operation.scope) ? openTo(operation) : status('forbidden')
}

const ofRole =
  (role: Role) =>
  (operation: Described): Expected => {
    if (operation.scope === null) return ANSWERED
    return isOfRole(role, operation.scope) ? openTo(operation) : status('forbidden')
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

/** The keys of an organization are its own, and nobody invited the keeper who is there already. */
function asKeeper(operation: Described): Expected {
  if (operation.scope === null || !isOfPlatformPerson(operation.scope)) return status('forbidden')
  if (['platforms.create', 'platforms.acceptInvitation', 'platforms.removeAdministrator'].includes(operation.id))
    return ANSWERED
  return operation.id.startsWith('apiKeys.') && operation.hasId ? status('not-found') : OPEN
}

function ofPlatform(operation: Described): Expected {
  if (operation.scope === null) return ofPortal(operation)
  if (operation.id === 'organizations.create') return ANSWERED
  if (operation.id === 'platforms.listEvents') return status('not-found')
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
