import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessWriter } from '../access/access-store.ts'
import { invitationWriter } from '../invitations/store.ts'
import { newId } from '../new-id.ts'
import { addOrganization } from '../organizations/store.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import type { Storage } from '../storage/transaction.ts'
import { createTestTenants, type TestTenants } from '../testing/context.ts'
import { mayHaveCode, personOf } from './person-of.ts'

const NOW = new Date('2026-11-21T10:00:00.000Z')
const createdAt = NOW.toISOString()
const organizationId = newId('org', NOW)
const PERSON = { id: newId('usr', NOW), email: 'ada@bluebird.example', name: 'Ada', createdAt }
let tenants: TestTenants
let control: Storage

beforeAll(async () => {
  tenants = await createTestTenants()
  control = byHand(tenants.databases.control)
  const organization = { id: organizationId, platformId: null, name: 'Bakery', externalId: null, database: 'main' }
  await control.write(async (tx) => {
    await addOrganization(tx, { ...organization, createdAt })
    await accessWriter(tx).addUser(PERSON)
  })
})
afterAll(() => tenants.close())

const invite = (email: string) =>
  control.write((tx) =>
    invitationWriter(tx, organizationId).add({
      organizationId,
      id: newId('inv', NOW),
      email,
      role: 'viewer',
      secretHash: null,
      invitedBy: PERSON.id,
      invitedByName: PERSON.name,
      createdAt,
      expiresAt: new Date(NOW.getTime() + 1000).toISOString(),
    }),
  )
const personAt = (email: string, now = NOW) => control.write((tx) => personOf(tx, email, now))

test('a code is mailed to a person and to whoever is invited, and to nobody else', async () => {
  await invite('grace@bluebird.example')
  const mayHave = (email: string) => mayHaveCode(control.read, email, NOW)
  const asked = [PERSON.email, 'grace@bluebird.example', 'nobody@bluebird.example']
  expect(await Promise.all(asked.map(mayHave))).toEqual([true, true, false])
})

test('a mailbox is the person’s who has it, invited or not', async () => {
  expect(await personAt(PERSON.email)).toMatchObject({ id: PERSON.id })
  await invite(PERSON.email)
  expect(await personAt(PERSON.email)).toMatchObject({ id: PERSON.id, name: 'Ada' })
})

test('nobody becomes a person here without an invitation that is open', async () => {
  expect(await personAt('stranger@bluebird.example')).toBeUndefined()
  await invite('late@bluebird.example')
  expect(await personAt('late@bluebird.example', new Date(NOW.getTime() + 1000))).toBeUndefined()
})

test.each([
  ['mary@bluebird.example', 'mary'],
  ['"a@b"@bluebird.example', '"a@b"'],
  ['x\u200bz@bluebird.example', 'xz'],
  [`${'n'.repeat(101)}@bluebird.example`, 'n'.repeat(100)],
])('who was invited as %j becomes one person, named as the mailbox', async (email, name) => {
  await invite(email)
  const made = await personAt(email)
  expect(made).toMatchObject({ email, name, createdAt })
  expect(await personAt(email)).toEqual(made)
})
