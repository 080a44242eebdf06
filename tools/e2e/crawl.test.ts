import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumArguments, findChromium } from '../chromium.ts'
import { startWorld, type World } from './world.ts'

/** Pages that no link leads to while there is nothing to show. */
const FURTHER = [
  '/payments/new',
  '/bank-accounts/new',
  '/bank-connections/new',
  '/account',
  '/audit-log',
  '/nowhere',
  '/problems',
]
const MOST_PAGES = 60

interface Crawled {
  pages: string[]
  requests: string[]
  complaints: string[]
  stored: Stored[]
  cookies: string[]
}
interface Stored {
  page: string
  local: Record<string, string>
  session: Record<string, string>
  databases: string[]
  caches: string[]
  workers: number
}

let world: World
let browser: Browser
let crawled: Crawled

beforeAll(async () => {
  world = await startWorld()
  const executablePath = findChromium()
  browser = await chromium.launch({
    args: chromiumArguments,
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  crawled = await crawl(await browser.newContext())
})
afterAll(async () => {
  await browser.close()
  await world.stop()
})

/** Goes to every page of the portal that a signed-in person can reach by a link, and to those that have none. */
async function crawl(context: BrowserContext): Promise<Crawled> {
  const [requests, complaints]: [string[], string[]] = [[], []]
  context.on('request', (request) => requests.push(request.url()))
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted ?Type|Refused to/i.test(message.text())) complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await signIn(page, context)
  const waiting = ['/', ...FURTHER]
  const seen = new Set<string>()
  const stored: Stored[] = []
  for (let path = waiting.shift(); path !== undefined && seen.size < MOST_PAGES; path = waiting.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    await page.goto(`${world.serverUrl}${path}`, { waitUntil: 'networkidle' })
    stored.push({ page: path, ...(await page.evaluate(storage)) })
    waiting.push(...(await page.evaluate(linksWithin)))
  }
  const cookies = (await context.cookies()).map(({ name }) => name)
  return { pages: [...seen], requests, complaints, stored, cookies }
}

async function signIn(page: Page, context: BrowserContext): Promise<void> {
  await page.goto(world.serverUrl)
  await page.getByLabel('E-mail address').fill('ada@bluebird.example')
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the mail').waitFor()
  const mailbox = await context.newPage()
  await mailbox.goto(`${world.serverUrl}/dev/mailbox`)
  const code = /\b\d{8}\b/.exec(await mailbox.locator('main').innerText())?.[0] ?? ''
  await mailbox.close()
  await page.getByLabel('Code from the mail').fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

/** Runs in the page. */
async function storage(): Promise<Omit<Stored, 'page'>> {
  return {
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }
}

/** Runs in the page: where its links lead on this server, through open shadow roots. */
function linksWithin(): string[] {
  const found = new Set<string>()
  const visit = (root: Document | ShadowRoot) => {
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLAnchorElement && element.origin === location.origin) found.add(element.pathname)
      if (element.shadowRoot) visit(element.shadowRoot)
    }
  }
  visit(document)
  return [...found]
}

test('every page is reached', () => {
  for (const path of ['/payments', '/recipients', '/bank-accounts', '/bank-connections', ...FURTHER]) {
    expect(crawled.pages).toContain(path)
  }
  expect(crawled.pages.length).toBeGreaterThan(10)
})

test('no page asks anybody but this server for anything', () => {
  const foreign = crawled.requests.filter((url) => !url.startsWith(`${world.serverUrl}/`) && !url.startsWith('data:'))
  expect(foreign).toEqual([])
  expect(crawled.requests.length).toBeGreaterThan(50)
})

test('no page runs into its own content security policy', () => {
  expect(crawled.complaints).toEqual([])
})

test('the browser keeps one cookie while a person is signed in, and no page keeps anything but the organization that is worked in', () => {
  expect(crawled.cookies).toEqual(['__Host-fw_session'])
  for (const { page, local, session, databases, caches, workers } of crawled.stored) {
    for (const [name, value] of Object.entries(local)) {
      expect([page, name]).toEqual([page, 'fistworks-organization'])
      expect(value).toMatch(/^org_[0-9a-z]{26}$/)
    }
    expect({ page, session, databases, caches, workers }).toEqual({
      page,
      session: {},
      databases: [],
      caches: [],
      workers: 0,
    })
  }
})

test('signing out leaves nothing at all', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await signIn(page, context)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('You are signed out').waitFor()
  expect(await context.cookies()).toEqual([])
  expect(await page.evaluate(storage)).toEqual({ local: {}, session: {}, databases: [], caches: [], workers: 0 })
  await context.close()
})
