import { expect, it } from 'vitest'
import {
  answer,
  appears,
  click,
  everythingShown,
  expectAccessible,
  find,
  focused,
  openPortal,
  type,
  useFakeApi,
} from '../testing/portal.ts'

const fake = useFakeApi()
const SECRET = 'fw_test_sk_shown_once_a1b2'

async function makeKey(name: string) {
  await click('button', 'New API key')
  await type('#name', name)
  ;(await appears<HTMLInputElement>('input[value="recipients:read"]')).click()
  await click('button', 'Make the key')
}

it('says what is missing before it makes a key', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/api-keys')
  await appears('h2', 'No API key yet')
  await click('button', 'New API key')
  await click('button', 'Make the key')
  await appears('.wrong', 'Name at least one permission')
  await appears('.wrong', 'must not be empty')
  expect(fake.api.sent('POST', '/v1/api-keys')).toEqual([])
  await expectAccessible()
})

it('shows a new key once, and lets it go when it is said to be saved', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/api-keys')
  await makeKey('Back end')
  await appears('code', SECRET)
  await expectAccessible()
  await click('button', 'Done')
  await appears('[role=status]', 'First save the key')
  expect(find('code', SECRET)).toBeDefined()
  ;(await appears<HTMLInputElement>('input[type=checkbox]')).click()
  await click('button', 'Done')
  await appears('td', 'Back end')
  expect(everythingShown()).not.toContain(SECRET)
  expect(fake.api.sent('POST', '/v1/api-keys')).toEqual([
    { name: 'Back end', scopes: ['recipients:read'], expiresInDays: 365, allowedNetworks: [] },
  ])
  await expectAccessible()
})

it('offers nothing to change to somebody who may only look', async () => {
  const session = fake.signedIn()
  fake.api.platforms.answer('POST', '/v1/api-keys', { name: 'Back end', scopes: ['recipients:read'] })
  for (const one of session.organizations) one.scopes = ['api-keys:read']
  await openPortal(fake.api, '/api-keys')
  await appears('td', 'Back end')
  expect(find('button', 'Revoke')).toBeUndefined()
  expect(find('button', 'New API key')).toBeUndefined()
})

it('says what to type where a field is wrong, and goes to the first permission when none is ticked', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/api-keys')
  await click('button', 'New API key')
  await type('#name', 'Back end')
  await click('button', 'Make the key')
  await expect.poll(() => focused()?.getAttribute('name')).toBe('scopes')
  await type('#expiresInDays', 'a year')
  await click('button', 'Make the key')
  await appears('.wrong', 'Works for how many days must be a whole number from 1 to 365.')
  await expectAccessible()
})

it('leads whoever reads by ear to the key, and lets nobody leave without it unasked', async () => {
  fake.signedIn()
  await openPortal(fake.api, '/api-keys')
  await makeKey('Back end')
  await expect.poll(() => focused()?.textContent).toContain('The new key')
  await click('nav a', 'Payments')
  expect(await answer('Go back')).toContain('What is not saved is lost.')
  expect(find('code', SECRET)).toBeDefined()
  ;(await appears<HTMLInputElement>('input[type=checkbox]')).click()
  await click('button', 'Done')
  await appears('[role=status]', 'is ready to use')
  await click('nav a', 'Payments')
  await appears('h1', 'Payments')
})

it('tells a key that was replaced from the one in its place, and says that one was revoked', async () => {
  fake.signedIn()
  fake.api.platforms.answer('POST', '/v1/api-keys', { name: 'Back end', scopes: ['recipients:read'] })
  await openPortal(fake.api, '/api-keys')
  await click('button', 'Rotate')
  await answer('Make a new key')
  ;(await appears<HTMLInputElement>('input[type=checkbox]')).click()
  await click('button', 'Done')
  await appears('.badge', 'Replaced')
  await expectAccessible()
  await click('button', 'Revoke')
  await answer('Revoke')
  await appears('.notice', 'The key “Back end” was revoked.')
})
