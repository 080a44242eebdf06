import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { startWitness, type Witness } from '../witness.ts'
import { startWorld, type World } from '../world.ts'
import { type HostPage, startHostPage } from './host-page.ts'

const NUMBERS = { routing: '091000019', account: '8800123456789' }
const COMPONENTS = { recipients: { features: ['write'] } }
let world: World
let witness: Witness
let credentials: { apiKey: string; organizationId: string }

beforeAll(async () => {
  world = await startWorld()
  witness = await startWitness()
  credentials = JSON.parse(await readFile(join(world.folder, 'server', 'example.json'), 'utf8'))
})
afterAll(async () => {
  await witness?.close()
  await world?.stop()
})

async function post(path: string, body: unknown) {
  const { apiKey, organizationId } = credentials
  const response = await fetch(`${world.serverUrl}${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'FISTWorks-Organization': organizationId,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  return { status: response.status === 201 ? 200 : response.status, body: await response.json().catch(() => null) }
}
const embedSession = (allowedOrigins: string[], more: object = {}) =>
  post('/v1/embed-sessions', {
    endUser: { externalId: 'maya', name: 'Maya' },
    components: COMPONENTS,
    isolation: 'frame',
    allowedOrigins,
    ...more,
  })

async function startHost(markup = '<fist-frame component="recipients" base-url="API"></fist-frame>', more: object = {}) {
  const host = await startHostPage(world.serverUrl, markup)
  host.give = () => embedSession([host.origin], more)
  onTestFinished(() => host.close())
  return host
}
async function visit(host: HostPage): Promise<Page> {
  const page = await witness.person()
  onTestFinished(() => page.context().close())
  await page.goto(host.origin)
  return page
}
const inside = (page: Page) => page.frameLocator('fist-frame >> iframe')
const frameOf = (page: Page) => page.frames().find((each) => each.url().startsWith(world.serverUrl)) as Frame
const seenBy = (page: Page) => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)

async function addRecipient(page: Page, name: string) {
  const frame = inside(page)
  await frame.getByRole('button', { name: 'Add recipient' }).first().click()
  const dialog = frame.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  await dialog.getByLabel('Routing number').pressSequentially(NUMBERS.routing)
  await dialog.getByLabel('Account number', { exact: true }).pressSequentially(NUMBERS.account)
  await dialog.getByLabel('Confirm account number').pressSequentially(NUMBERS.account)
  await dialog.getByRole('button', { name: 'Add recipient' }).click()
  await frame.getByText(name).first().waitFor()
}

test('numbers that are typed in the frame never reach the page around it', async () => {
  const page = await visit(await startHost())
  await addRecipient(page, 'Jane Roe')
  await expect.poll(async () => (await seenBy(page)).join('\n')).toContain('fist-recipient-created')
  const seen = (await seenBy(page)).join('\n')
  const page_ = await page.evaluate(() => document.documentElement.outerHTML)
  for (const number of Object.values(NUMBERS)) {
    expect(seen).not.toContain(number)
    expect(page_).not.toContain(number)
    // Not one keystroke either: what was typed is no sequence of what the page heard.
    expect(seen.match(/"key":"\d"/g)).toBeNull()
  }
  expect(seen).toContain('"accountNumberLast4":"6789"')
  expect(await page.evaluate(() => (document.querySelector('fist-frame') as HTMLElement).shadowRoot?.querySelector('iframe')?.contentDocument ?? null)).toBeNull()
})
