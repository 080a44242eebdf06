import { MACHINE_SCOPES, type Scope, scopesOf } from '@fistworks/contract'
import { bearer } from './bearer.ts'
import { type Described, isMachineScope } from './described.ts'
import {
  ANSWERED,
  always,
  type Caller,
  type Expected,
  elsewhere,
  inside,
  OPEN,
  ofPortal,
  status,
  unlessForbidden,
  wrongInput,
} from './expected.ts'
import { insiders, people } from './people.ts'
import { PAGE, type World } from './world.ts'

/** Every kind of caller that the matrix has, against the things of the victim. Insiders come last: they change them. */
export async function allCallers(world: World): Promise<Caller[]> {
  return [
    ...(await outsideKeys(world)),
    ...(await limitedKeys(world)),
    ...(await accessTokens(world)),
    ...(await embedSessions(world)),
    ...(await people(world)),
    ...(await insiders(world)),
  ]
}

async function outsideKeys(world: World): Promise<Caller[]> {
  const { victim, other } = world
  const platformKey = async () => world.api.addKey({ platformId: other.platformId }, [...MACHINE_SCOPES])
  const mine = other.ids.organization
  const theirs = victim.ids.organization
  const otherKey = await world.key(mine)
  const sibling = await world.api.addOrganization(victim.platformId, 'Sister company')
  const siblingKey = await world.key(sibling)
  const expired = await world.key(theirs)
  await world.expireKey(expired)
  const revoked = await world.key(theirs)
  await world.revokeKey(revoked)
  const of = bearer.bind(null, world)
  const closed = always('unauthenticated')
  const foreign = always('not-found')
  const platform = elsewhere(isMachineScope, false)
  return [
    of('nobody', null, {}, closed),
    of('a key that is none', 'nonsense', {}, closed),
    of('a key that nobody made', otherKey.replace(/.{8}$/, 'AAAAAAAA'), {}, closed),
    of('an expired key', expired, {}, closed),
    of('a revoked key', revoked, {}, closed),
    of("another tenant's key", otherKey, {}, platform),
    of("another tenant's key that names this one in the header", otherKey, { organization: theirs }, foreign),
    of('a key of a sister company of the same platform', siblingKey, {}, platform),
    of('a key of a sister company that names this one in the header', siblingKey, { organization: theirs }, foreign),
    of(
      'a platform that names a foreign organization in the header',
      await platformKey(),
      { organization: theirs },
      foreign,
    ),
    of('a platform that names two organizations', await platformKey(), { organization: `${mine}, ${theirs}` }, foreign),
    of('a platform that names foreign things in path and body', await platformKey(), { organization: mine }, platform),
    of(
      'a platform that names a foreign organization in the query',
      await platformKey(),
      { organization: mine, query: `?organizationId=${theirs}` },
      wrongInput(isMachineScope),
    ),
    of(
      'a platform that names a foreign organization in the body',
      await platformKey(),
      { organization: mine, inBody: { organizationId: theirs } },
      (operation) => (operation.method === 'GET' ? platform(operation) : wrongInput(isMachineScope)(operation)),
    ),
    of('a platform that names no organization', await platformKey(), {}, (operation) => {
      if (operation.scope === null || !operation.isOfTenant) return { ...platform(operation), sameAsUnknown: false }
      return unlessForbidden(isMachineScope, 'organization-required')(operation)
    }),
  ]
}

/** Also where an embed session is asked for: the key is known by then. */
const fromElsewhere = (operation: Described) =>
  operation.id === 'embedSession.retrieve' ? status('network-not-allowed') : always('network-not-allowed')(operation)

/** Keys that may work, but not from here or not here. */
async function limitedKeys(world: World): Promise<Caller[]> {
  const { victim } = world
  const theirs = victim.ids.organization
  const sibling = await world.api.addOrganization(victim.platformId, 'Second sister company')
  const rotated = await world.key(theirs)
  await world.limitKey(rotated, { replacedBy: 'key_01m7yrd1hcechv6nb2ne0f5e87', expiresAt: '2026-01-01T00:00:00.000Z' })
  const away = await world.key(theirs)
  await world.limitKey(away, { allowedNetworks: ['203.0.113.0/24'] })
  const limited = await world.api.addKey({ platformId: victim.platformId }, [...MACHINE_SCOPES])
  await world.limitKey(limited, { onlyOrganizations: [sibling] })
  const name = 'a key of the platform that is limited to a sister company'
  return [
    bearer(world, 'a rotated key after the overlap', rotated, {}, always('unauthenticated')),
    bearer(world, 'a key from a network it may not be used from', away, {}, fromElsewhere),
    bearer(world, `${name} and names this one`, limited, { organization: theirs }, always('not-found')),
    bearer(world, name, limited, { organization: sibling }, limitedPlatform),
  ]
}

/** OAuth access tokens that are over, or for another organization. */
async function accessTokens(world: World): Promise<Caller[]> {
  const { victim } = world
  const theirs = victim.ids.organization
  const sibling = await world.api.addOrganization(victim.platformId, 'Third sister company')
  const old = await world.accessToken(await world.key(theirs))
  await world.expireAccessTokens()
  const key = await world.key(theirs)
  const dead = await world.accessToken(key)
  await world.revokeKey(key)
  const platformKey = await world.api.addKey({ platformId: victim.platformId }, [...MACHINE_SCOPES])
  const bound = await world.accessToken(platformKey, { organization: sibling })
  const name = 'an access token bound to a sister company'
  return [
    bearer(world, 'an access token that has expired', old, {}, always('unauthenticated')),
    bearer(world, 'an access token of a revoked key', dead, {}, always('unauthenticated')),
    bearer(world, `${name} that names this one`, bound, { organization: theirs }, always('not-found')),
    bearer(world, name, bound, {}, limitedPlatform),
  ]
}

/** It belongs to the platform, so that itself is no secret; what is of its other companies is. */
function limitedPlatform(operation: Described): Expected {
  if (operation.isOfPlatform && operation.scope === 'organizations:read') return ANSWERED
  return elsewhere(isMachineScope, false)(operation)
}

const EVERYTHING = {
  recipients: { features: ['write'] },
  achFiles: { features: ['write', 'approve', 'submit', 'resolve'] },
} as const
const RECIPIENTS_ONLY = { recipients: { features: ['write'] } } as const

async function embedSessions(world: World): Promise<Caller[]> {
  const { victim, other } = world
  const theirs = await world.embedded(other, EVERYTHING)
  const own = await world.embedded(victim, EVERYTHING)
  const narrow = await world.embedded(victim, RECIPIENTS_ONLY)
  const expired = await world.embedded(victim, EVERYTHING)
  await world.expireEmbedSession(expired.id)
  const all: readonly Scope[] = scopesOf({
    recipients: { features: ['write'] },
    achFiles: { features: [...EVERYTHING.achFiles.features] },
  })
  const few: readonly Scope[] = scopesOf({ recipients: { features: ['write'] } })
  const of = bearer.bind(null, world)
  const page = { origin: PAGE }
  const organization = victim.ids.organization
  return [
    of(
      'an embed session of another organization',
      theirs.token,
      page,
      elsewhere((scope) => all.includes(scope), true),
    ),
    of(
      'an embed session that names a foreign organization',
      theirs.token,
      { ...page, organization },
      always('not-found'),
    ),
    of('an expired embed session', expired.token, page, always('session-expired')),
    of('an embed session on another page', own.token, { origin: 'https://evil.example' }, always('origin-not-allowed')),
    of('an embed session without a page', own.token, {}, always('origin-not-allowed')),
    inside(
      of('an embed session of another component', narrow.token, page, (operation) => {
        if (operation.scope === null) return ofPortal(operation)
        return few.includes(operation.scope) ? OPEN : status('forbidden')
      }),
    ),
  ]
    .map((caller) => (caller.name === 'an embed session of another organization' ? withoutPortal(caller) : caller))
    .map(aboutItself)
}

/** Every embed session may ask about itself, and hears of nobody else. */
function aboutItself(caller: Caller): Caller {
  return {
    ...caller,
    expects: (operation) => (operation.id === 'embedSession.retrieve' ? ANSWERED : caller.expects(operation)),
  }
}

/** The pages of the portal are not the pages of an embedded component. */
function withoutPortal(caller: Caller): Caller {
  return {
    ...caller,
    expects: (operation) => (operation.scope === null ? ofPortal(operation) : caller.expects(operation)),
  }
}
