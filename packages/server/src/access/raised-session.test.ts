import { randomBytes } from 'node:crypto'
import { type Id, ROLE_SCOPES, Role, type Scope } from '@fistworks/contract'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../new-id.ts'
import { addOrganization } from '../organizations/store.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestTenants, type TestTenants } from '../testing/context.ts'
import { accessWriter } from './access-store.ts'
import { type Access, createAccess } from './authenticate.ts'
import { addEmbedRaise } from './embed-raise-store.ts'
import type { EmbedSessionPrincipal } from './principal.ts'
import { frameSecretHash, raisedFor } from './raised-session.ts'
import { members } from './table.ts'

const NOW = new Date('2026-11-21T10:00:00.000Z')
const at = (ms: number) => new Date(NOW.getTime() + ms)
const UNTIL = at(300_000).toISOString()
const RISABLE = ['ach-files:approve', 'ach-files:submit', 'recipients:reveal', 'submissions:resolve'] as const
const SESSION: EmbedSessionPrincipal = {
  type: 'embedSession',
  id: 'ems_1' as Id<'ems'>,
  platformId: null,
  organizationId: 'org_1' as Id<'org'>,
  endUser: { externalId: 'maya', name: 'Maya' },
  scopes: ['recipients:read'],
  risable: [...RISABLE],
  expiresAt: at(900_000).toISOString(),
  raised: null,
}

let tenants: TestTenants
let access: Access

beforeAll(async () => {
  tenants = await createTestTenants()
  access = createAccess({
    control: byHand(tenants.databases.control),
    keyMode: 'test',
    publicOrigin: 'https://ach.example',
  })
  const dates = { createdAt: NOW.toISOString(), expiresAt: SESSION.expiresAt }
  const secretHash = randomBytes(32)
  await access.control.write(async (tx) => {
    const of = { id: 'org_1', platformId: null, name: 'Bakery', externalId: null, database: 'main' } as const
    await addOrganization(tx, { ...of, createdAt: NOW.toISOString() })
    const { id, organizationId, risable, scopes } = SESSION
    await accessWriter(tx).addApiKey({ id: 'key_1', organizationId, name: 'Key', scopes, secretHash, ...dates })
    const rest = { endUserId: 'maya', endUserName: 'Maya', isolation: 'frame', allowedOrigins: [], apiKeyId: 'key_1' }
    await accessWriter(tx).addEmbedSession({ id, organizationId, scopes, risable, secretHash, ...rest, ...dates })
  })
})
afterAll(() => tenants.close())

type Raised = { scopes?: readonly Scope[]; expiresAt?: string; sessionUntil?: Date }

/** Somebody raises the session: an administrator, at first. */
async function raise({ scopes = RISABLE, expiresAt = UNTIL, sessionUntil = at(3_600_000) }: Raised = {}) {
  const [userId, portalSessionId] = [newId('usr', NOW), newId('ses', NOW)]
  const [secret, createdAt] = [randomBytes(32).toString('base64url'), NOW.toISOString()]
  const { control } = access
  await control.write(async (tx) => {
    const writer = accessWriter(tx)
    await writer.addUser({ id: userId, email: `${userId}@example.com`, name: 'Ada', createdAt })
    await writer.addMember({ organizationId: 'org_1', userId, role: 'administrator', createdAt })
    const session = { id: portalSessionId, userId, secretHash: randomBytes(32), createdAt, seenAt: createdAt }
    await writer.addPortalSession({ ...session, expiresAt: sessionUntil.toISOString() })
    const of = { organizationId: 'org_1', embedSessionId: SESSION.id, userId, portalSessionId, createdAt, expiresAt }
    await addEmbedRaise(tx, { ...of, secretHash: Buffer.from(frameSecretHash(secret), 'hex'), scopes: [...scopes] })
  })
  const theirs = eq(members.userId, userId)
  return {
    userId,
    secret,
    become: (role: Role) => control.write((tx) => tx.update(members).set({ role }).where(theirs)),
    leave: () => control.write((tx) => tx.delete(members).where(theirs)),
    signOut: () => control.write((tx) => accessWriter(tx).endPortalSession(portalSessionId, createdAt)),
  }
}

/** What was added to the session. */
async function added(secret: string, session = SESSION, now = NOW): Promise<readonly Scope[]> {
  const { scopes, raised } = await raisedFor(access, session, secret, now)
  const more = scopes.filter((scope) => !session.scopes.includes(scope))
  expect(raised === null).toBe(more.length === 0)
  return more.toSorted()
}

test('a raise adds what its platform lists, what was raised and what the role has now: all three', async () => {
  const some = fc.subarray([...RISABLE])
  await fc.assert(
    fc.asyncProperty(some, some, fc.constantFrom(...Role.options), async (risable, scopes, role) => {
      const { secret, become } = await raise({ scopes })
      await become(role)
      const ofRole: readonly Scope[] = ROLE_SCOPES[role]
      const hasAll = (scope: Scope) => [risable, scopes, ofRole].every((each: readonly Scope[]) => each.includes(scope))
      expect(await added(secret, { ...SESSION, risable })).toEqual(RISABLE.filter(hasAll))
    }),
  )
})

test('a role that was lowered after the raise takes away what it has no more, and leaves the rest', async () => {
  const { secret, become } = await raise()
  expect(await added(secret)).toEqual(RISABLE)
  await become('approver')
  expect(await added(secret)).toEqual(['ach-files:approve', 'ach-files:submit', 'submissions:resolve'])
  await become('viewer')
  expect(await added(secret)).toEqual([])
})

test('a role that was lifted afterwards adds nothing to what was raised', async () => {
  const { secret, become } = await raise({ scopes: ['ach-files:approve'] })
  await become('owner')
  expect(await added(secret)).toEqual(['ach-files:approve'])
})

test('a session that is raised names the person and the end of the proof', async () => {
  const { secret, userId } = await raise()
  expect((await raisedFor(access, SESSION, secret, NOW)).raised).toEqual({ userId, name: 'Ada', until: UNTIL })
})

test('a raise holds to its last millisecond, and to that of the session of the portal it was made in', async () => {
  for (const ends of [{ expiresAt: at(1000).toISOString() }, { sessionUntil: at(1000) }]) {
    const { secret } = await raise(ends)
    expect([await added(secret, SESSION, at(999)), await added(secret, SESSION, at(1000))]).toEqual([RISABLE, []])
  }
})

test('a raise ends when the person is signed out or is no member any more', async () => {
  const [one, other] = [await raise(), await raise()]
  await one.signOut()
  await other.leave()
  expect([await added(one.secret), await added(other.secret)]).toEqual([[], []])
})

test('a raise is of one frame of one session of one organization', async () => {
  const { secret } = await raise()
  const others = [{ id: 'ems_2' as Id<'ems'> }, { organizationId: 'org_2' as Id<'org'> }]
  for (const other of others) expect(await added(secret, { ...SESSION, ...other })).toEqual([])
  for (const wrong of ['', `${secret}x`, frameSecretHash(secret)]) expect(await added(wrong)).toEqual([])
  expect((await raisedFor(access, SESSION, undefined, NOW)).raised).toBeNull()
})
