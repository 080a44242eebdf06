import { afterEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import type { RaiseOffer } from '@fistworks/widgets'
import { expectAccessible } from '../testing/portal.ts'
import type { ConfirmPage } from './confirm-page.ts'
import './confirm-page.ts'

const ORGANIZATION = { id: 'org_01m7yrd1hcechv6nb2ne0f5e99', name: 'Bluebird Bakery' } as const
const OFFER: RaiseOffer = {
  fistworks: 1,
  type: 'raise',
  embedSessionId: 'ems_01m7yrd1hcechv6nb2ne0f5e99',
  secretHash: 'a'.repeat(64),
  organization: ORGANIZATION,
  platform: 'Tidewater Books',
  accentColor: '#7a1fa2',
  endUser: 'Maya',
  scopes: ['ach-files:approve', 'recipients:reveal'],
}

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

/** The window as a frame opened it, by a page that is `opener`. */
function open(scopes: string[]): { raised: unknown[]; hello: unknown[]; opener: Window } {
  const frame = document.createElement('iframe')
  frame.title = 'the frame that opened it'
  frame.hidden = true
  document.body.append(frame)
  const opener = frame.contentWindow as Window
  const hello: unknown[] = []
  opener.postMessage = ((...sent: unknown[]) => hello.push(sent)) as typeof opener.postMessage
  vi.stubGlobal('opener', opener)
  vi.stubGlobal('close', () => {})
  const raised: unknown[] = []
  const client = { embedSession: { raise: async (input: unknown) => raised.push(input) } }
  const session = { organizations: [{ ...ORGANIZATION, role: 'approver', scopes }] }
  const element = document.createElement('portal-confirm') as ConfirmPage
  Object.assign(element, { client, session })
  const main = document.createElement('main')
  main.append(element)
  document.body.append(main)
  return { raised, hello, opener }
}
const say = (data: unknown, source: Window | null, origin = location.origin) =>
  dispatchEvent(new MessageEvent('message', { data, origin, source }))

test('says what is asked for and lends what the role has, to the frame that opened it', async () => {
  const { raised, hello, opener } = open(['ach-files:approve'])
  expect(hello).toEqual([[{ fistworks: 1, type: 'raise-hello' }, location.origin]])
  say(OFFER, opener)
  await expect.element(page.getByText(/where Maya is signed in/)).toBeVisible()
  expect(
    page
      .getByRole('listitem')
      .elements()
      .map((each) => each.textContent),
  ).toEqual(['Approve and reject payments'])
  await expectAccessible()
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect.element(page.getByText('Confirmed. You can close this window.')).toBeVisible()
  const { embedSessionId, secretHash } = OFFER
  expect(raised).toEqual([{ embedSessionId, secretHash }])
  expect(hello.at(-1)).toEqual([{ fistworks: 1, type: 'raised' }, location.origin])
})

test('hears nobody but that frame, from no other origin, and nothing that is not whole', async () => {
  const { opener } = open(['ach-files:approve'])
  say(OFFER, window)
  say(OFFER, opener, 'https://evil.example')
  say({ ...OFFER, secretHash: 7 }, opener)
  say({ ...OFFER, fistworks: 2 }, opener)
  say(null, opener)
  await expect.element(page.getByText('Asking the page you came from…')).toBeVisible()
  say({ ...OFFER, scopes: ['submissions:resolve'] }, opener)
  await expect.element(page.getByText(/Your role in Bluebird Bakery can add nothing/)).toBeVisible()
  expect(page.getByRole('button', { name: 'Confirm', exact: true }).elements()).toEqual([])
})

test('shows the platform by its name, in its color when white can be read on it', async () => {
  const { opener } = open(['ach-files:approve'])
  const background = () => {
    const named = document.querySelector('portal-confirm')?.shadowRoot?.querySelector('.platform')
    return named ? `${named.textContent} ${getComputedStyle(named).backgroundColor}` : ''
  }
  const ours = 'Tidewater Books rgb(11, 101, 87)'
  say(OFFER, opener)
  await expect.poll(background).toBe('Tidewater Books rgb(122, 31, 162)')
  await expectAccessible()
  say({ ...OFFER, accentColor: '#ffee00' }, opener)
  await expect.poll(background).toBe(ours)
  say(OFFER, opener)
  await expect.poll(background).toBe('Tidewater Books rgb(122, 31, 162)')
  say({ ...OFFER, accentColor: 'url(https://evil.example)' }, opener)
  await expect.poll(background).toBe(ours)
  await expectAccessible()
  say({ ...OFFER, scopes: ['submissions:resolve'] }, opener)
  await expect.element(page.getByText(/can add nothing/)).toBeVisible()
  expect(background()).toBe('Tidewater Books rgb(122, 31, 162)')
  say({ ...OFFER, platform: '', accentColor: null }, opener)
  await expect.poll(background).toBe('')
})

test('opened by itself it says how to go on', async () => {
  vi.stubGlobal('opener', null)
  document.body.append(document.createElement('portal-confirm'))
  await expect.element(page.getByText(/You are signed in. Close this window/)).toBeVisible()
})
