import type { EmbedSessionState } from '@fistworks/contract'
import { afterEach, expect, test, vi } from 'vitest'
import { define } from '../define.ts'
import { FistRecipients } from '../elements/fist-recipients/fist-recipients.ts'
import { unmountAll } from '../testing/mount.ts'
import { FrameReveal } from './frame-reveal.ts'
import { FrameShell } from './frame-shell.ts'
import { sent, type ToFrame } from './message.ts'
import { showComponent } from './show-component.ts'

const STATE: EmbedSessionState = {
  type: 'embedSession',
  id: 'ems_01m7yrd1hcechv6nb2ne0f5e99',
  expiresAt: '2099-11-20T10:00:00Z',
  organization: { id: 'org_01m7yrd1hcechv6nb2ne0f5e99', name: 'Bluebird Bakery' },
  platform: { name: 'Ledgerly Pay', accentColor: '#0b5fff' },
  endUser: { name: 'Maya' },
  scopes: ['recipients:read', 'recipients:write'],
  risable: [],
  raised: null,
}
const OPTIONS = { attributes: {}, features: null, prefill: null, theme: { 'color-scheme': 'light' } }

afterEach(() => {
  vi.unstubAllGlobals()
  unmountAll()
  document.documentElement.removeAttribute('style')
})

const json = (body: unknown) => new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })

/** What the frame shows to a page that begins it; the other end of the channel is the page's. */
function begin(state: EmbedSessionState) {
  define(FistRecipients, FrameReveal, FrameShell)
  vi.stubGlobal('fetch', async (input: Request) =>
    json(input.url.endsWith('/v1/embed-session') ? state : { data: [], hasMore: false, nextCursor: null }),
  )
  const { port1, port2 } = new MessageChannel()
  const hello = { component: 'recipients' as const, session: { token: 'fw_es_1_2' }, options: OPTIONS }
  showComponent({ type: 'hello', ...hello }, port2, 'https://books.example.com')
  return { say: (message: ToFrame) => port1.postMessage(sent(message)) }
}

/** The background of the button that matters most. */
const ofButton = () => {
  const button = document.querySelector('fist-recipients')?.shadowRoot?.querySelector('.button.primary')
  return button ? getComputedStyle(button).backgroundColor : ''
}

test('shows the component in the color of the platform, until the page has one of its own', async () => {
  const { say } = begin(STATE)
  await expect.poll(ofButton).toBe('rgb(11, 95, 255)')
  const theme = { ...OPTIONS.theme, '--fist-accent': 'rgb(120, 20, 90)' }
  say({ type: 'options', options: { ...OPTIONS, theme } })
  await expect.poll(ofButton).toBe('rgb(120, 20, 90)')
})

test('shows it in our own color for a platform that has none, or for no platform', async () => {
  begin({ ...STATE, platform: { name: 'Ledgerly', accentColor: null } })
  await expect.poll(ofButton).toBe('rgb(11, 101, 87)')
  unmountAll()
  begin({ ...STATE, platform: null })
  await expect.poll(ofButton).toBe('rgb(11, 101, 87)')
})
