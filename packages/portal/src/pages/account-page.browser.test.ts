import { expect, it } from 'vitest'
import { RECOVERY_CODES } from '../testing/samples.ts'
import { newId } from '../testing/new-id.ts'
import {
  answer,
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()

it('says what to do when there is no passkey yet', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  await appears('.notice', 'You have no passkey yet')
  await expectAccessible()
})

it('lists the passkeys, and wants a name for a new one', async () => {
  fake.signedIn()
  const passkey = { type: 'passkey' as const, id: newId('pky'), name: 'Work laptop' }
  fake.api.state.passkeys.push({ ...passkey, createdAt: '2026-11-20T10:00:00Z', lastUsedAt: null })
  await openPortal(fake.api, '/account')
  await appears('td', 'Work laptop')
  await appears('td', 'Never')
  await click('button', 'Add a passkey')
  await appears('.wrong', 'must not be empty')
  await expectAccessible()
})

it('says why none can be added now', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  const detail = 'Sign out and in again, and add your first passkey within 5 minutes.'
  await type('#name', 'Laptop')
  fake.api.refuse('/v1/session/passkeys/challenges', { code: 'limit-exceeded', detail })
  await click('button', 'Add a passkey')
  await appears('.notice', detail)
  expect(fake.api.sent('POST', '/v1/session/passkeys')).toEqual([])
})

it('sets up an authenticator app: the key is shown until its first code, then never again', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  await click('button', 'Set up an authenticator app')
  await appears('svg[role=img]')
  await appears('.code', 'JBSW Y3DP')
  await expectAccessible()
  await type('input[name=code]', '123456')
  await click('button', 'Set it up')
  await appears('.notice', 'The authenticator app is set up.')
  expect(find('svg[role=img]')).toBeUndefined()
  expect(everythingShown()).not.toContain('JBSW')
  await click('button', 'Remove it')
  await answer('Remove')
  await appears('.notice', 'The authenticator app was removed.')
})

it('makes recovery codes, shows them once, and counts them', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/account')
  await click('button', 'Make recovery codes')
  await appears('li', RECOVERY_CODES[9])
  await appears('p', '10 of 10 are left.')
  await expectAccessible()
  await click('button', 'I have kept them')
  await expect.poll(everythingShown).not.toContain(RECOVERY_CODES[0])
})
