import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
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
const URL_OF = 'https://books.example.com/webhooks'

async function opened(scopes?: 'read') {
  const session = fake.signedIn()
  if (scopes === 'read') for (const one of session.organizations) one.scopes = ['webhooks:read']
  await openPortal(fake.api, '/webhooks')
}

it('says what is wrong before it adds an endpoint', async () => {
  await opened()
  await appears('h2', 'No endpoint yet')
  await expectAccessible()
  await click('button', 'Add an endpoint')
  await expect.poll(() => focused()?.id).toBe('url')
  await click('form button', 'Cancel')
  await expect.poll(() => focused()?.textContent).toContain('Add an endpoint')
  await click('button', 'Add an endpoint')
  await click('form button', 'Add the endpoint')
  await appears('.wrong', 'Address must not be empty')
  await type('#url', 'books.example.com')
  await click('form button', 'Add the endpoint')
  await appears('.wrong', 'must be an address like')
  expect(fake.api.sent('POST', '/v1/webhook-endpoints')).toEqual([])
  await expectAccessible()
})

it('adds an endpoint, and shows its secret once', async () => {
  await opened()
  await click('button', 'Add an endpoint')
  await type('#url', URL_OF)
  await click('summary', 'Only some events')
  ;(await appears<HTMLInputElement>('input[value="return.received"]')).click()
  await click('form button', 'Add the endpoint')
  await appears('code', 'whsec_')
  await expect.poll(() => focused()?.textContent).toContain('The new secret of')
  await expectAccessible()
  ;(await appears<HTMLInputElement>('input[type=checkbox]')).click()
  await click('button', 'Done')
  await appears('td', URL_OF)
  expect(everythingShown()).not.toContain('whsec_')
  expect(fake.api.sent('POST', '/v1/webhook-endpoints')).toEqual([
    { url: URL_OF, description: null, eventTypes: ['return.received'] },
  ])
  await expectAccessible()
})

it('sends a test, shows what came of it, and sends it anew', async () => {
  fake.api.webhooks.add({ url: URL_OF })
  await opened()
  await click('button', 'Send a test')
  await appears('[role=status]', 'A test was sent')
  await appears('.badge', 'Failed')
  await appears('small', 'Nothing answers at this address.')
  await click('summary', '1')
  await appears('li', 'no answer, 12 ms')
  await expectAccessible()
  await click('td button', 'Send anew')
  await appears('[role=status]', 'is sent anew')
  await click('button', 'Send anew what failed in seven days')
  await appears('[role=status]', 'One event is sent anew')
})

it('says why an endpoint is disabled, enables it, gives it a new secret and removes it', async () => {
  Object.assign(fake.api.webhooks.add({ url: URL_OF }), {
    state: 'disabled',
    disabledBecause: 'It took no event for five days.',
  })
  await opened()
  await appears('small', 'It took no event for five days.')
  expect(find('button', 'Send a test')).toBeUndefined()
  await click('button', 'Enable')
  await appears('.badge', 'Enabled')
  await click('button', 'New secret')
  await answer('Make a new secret')
  ;(await appears<HTMLInputElement>('input[type=checkbox]')).click()
  await click('button', 'Done')
  await appears('small', 'Two secrets until')
  await click('button', 'Disable')
  await appears('.badge', 'Disabled')
  await click('button', 'Remove')
  await answer('Remove')
  await appears('h2', 'No endpoint yet')
})

it('offers nothing to change to somebody who may only look', async () => {
  fake.api.webhooks.add({ url: URL_OF })
  await opened('read')
  await click('button', 'Deliveries')
  await appears('p', 'Nothing was sent yet.')
  for (const label of ['Add an endpoint', 'Send a test', 'Disable', 'New secret', 'Remove', 'Send anew']) {
    expect(find('button', label), label).toBeUndefined()
  }
})

it('fits a narrow window, whatever is long', async () => {
  fake.api.webhooks.add({ url: `https://books.example.com/${'long/'.repeat(30)}` })
  await page.viewport(360, 800)
  try {
    await opened()
    await click('button', 'Send a test')
    await appears('.badge', 'Failed')
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360)
    await expectAccessible()
  } finally {
    await page.viewport(1280, 800)
  }
})
