import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { newId } from '../testing/new-id.ts'
import { appears, click, expectAccessible, find, openPortal, useFakeApi } from '../testing/portal.ts'

const fake = useFakeApi()

function sessionOn(program: string, isCurrent = false) {
  const at = new Date(Date.now() - 20 * 60_000).toISOString()
  const session = { type: 'openSession' as const, id: newId('ses'), signedInAt: at, seenAt: at, program, isCurrent }
  fake.api.state.openSessions.push({ ...session, address: '198.51.100.7' })
}

it('shows where the person is signed in, and signs out one place', async () => {
  fake.signedIn()
  sessionOn('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', true)
  sessionOn('Mozilla/5.0 (iPhone; CPU iPhone OS 18_4) AppleWebKit/605.1 Version/18.4 Mobile Safari/604.1')
  await openPortal(fake.api, '/account')
  await appears('td', 'Firefox on Linux')
  await appears('.badge', 'This one')
  await appears('td', '198.51.100.7')
  await expectAccessible()
  await click('button[aria-label="Sign out Safari on iOS"]')
  await appears('.notice', 'Safari on iOS was signed out')
  await expect.poll(() => find('td', 'Safari on iOS')).toBeUndefined()
  expect(find('button', 'Sign out everywhere else')).toBeUndefined()
})

it('signs out everywhere else', async () => {
  fake.signedIn()
  sessionOn('here/1', true)
  sessionOn('there/1')
  sessionOn('there/2')
  await openPortal(fake.api, '/account')
  await click('button', 'Sign out everywhere else')
  await appears('.notice', '2 other sessions were signed out')
  await expect.poll(() => find('td', 'there')).toBeUndefined()
  await appears('td', 'here/1')
})

it('says why when it cannot be done, and shows what is there now', async () => {
  fake.signedIn()
  sessionOn('here/1', true)
  sessionOn('there/1')
  await openPortal(fake.api, '/account')
  fake.api.refuse('/v1/session/open-sessions/end-others', { code: 'unavailable', detail: 'Try again in a moment.' })
  await click('button', 'Sign out everywhere else')
  await appears('.notice', 'Try again in a moment.')
  await appears('td', 'there/1')
  await expectAccessible()
})

it('keeps an address and what can be done on one line where there is room for columns', async () => {
  await page.viewport(1200, 900)
  fake.signedIn()
  sessionOn('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', true)
  sessionOn('A program with a name that is long enough to want all of the room there is in the table')
  await openPortal(fake.api, '/account')
  const button = await appears('td button', 'Sign out')
  const lines = (element: Element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
  }
  expect(lines(button)).toBe(1)
  expect(lines(await appears('td', '198.51.100.7'))).toBe(1)
})
