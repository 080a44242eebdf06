import { expect, it } from 'vitest'
import { newId } from '../testing/fake-api.ts'
import { appears, click, expectAccessible, openPortal, type, useFakeApi } from '../testing/portal.ts'

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
