import { type BrowserContext, chromium, type Page } from 'playwright'
import { chromiumArguments, findChromium } from '../../chromium.ts'

/** A Chromium that takes the provider's certificate, has a passkey device, and remembers what went by. */
export interface Visitor {
  context: BrowserContext
  page: Page
  /** Paths of our pages that loaded the provider's library. */
  loadedLibrary: Set<string>
  /** Everything a policy of ours refused, and errors of the page. */
  complaints: string[]
  /** Requests to the server with a body. */
  sent: { path: string; body: string }[]
  close(): Promise<void>
}

export async function startVisitor(): Promise<Visitor> {
  const executablePath = findChromium()
  const options = executablePath === undefined ? {} : { executablePath }
  const browser = await chromium.launch({ args: chromiumArguments, ...options })
  const context = await browser.newContext({ ignoreHTTPSErrors: true, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const visitor: Visitor = {
    context,
    page,
    loadedLibrary: new Set(),
    complaints: [],
    sent: [],
    close: () => browser.close(),
  }
  context.on('weberror', (error) => visitor.complaints.push(String(error.error())))
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) visitor.complaints.push(message.text())
  })
  await context.exposeFunction('noteSent', (path: string, body: string) => visitor.sent.push({ path, body }))
  await context.addInitScript(noteRequests)
  context.on('response', async (response) => {
    if (response.request().resourceType() !== 'script') return
    const path = new URL(response.frame().url()).pathname
    const text = await response.text().catch(() => '')
    if (text.includes('msal.js.browser')) visitor.loadedLibrary.add(path)
  })
  await addPasskeyDevice(page)
  return visitor
}

async function addPasskeyDevice(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

/** Runs in the page: a body that is given as a stream cannot be seen from outside. */
function noteRequests(): void {
  const page = globalThis as unknown as { noteSent(path: string, body: string): void; fetch: typeof fetch }
  const send = page.fetch.bind(page)
  page.fetch = async (input, init) => {
    const request = new Request(input, init)
    page.noteSent(new URL(request.url).pathname, await request.clone().text())
    return send(request)
  }
}
