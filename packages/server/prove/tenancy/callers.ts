import { MACHINE_SCOPES, type Scope, scopesOf } from '@fistworks/contract'
import { bearer } from './bearer.ts'
import { isMachineScope } from './described.ts'
import {
  always,
  ANSWERED,
  type Caller,
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
