import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { chromiumArguments, findChromium } from '../chromium.ts'

/** A Chromium that remembers everything it was shown: answers, console, and the page's tree with its shadow roots. */
export interface Witness {
  /** A new person at the keyboard: own cookies, own storage. */
  person(): Promise<Page>
  /** Keeps the tree of the page as it is now. */
  look(page: Page, what: string): Promise<void>
  seen: Seen[]
  /** What is on each open page right now, for the message of a failure. */
  describe(): Promise<string>
  close(): Promise<void>
}

export interface Seen {
  what: string
  bytes: Buffer
}

export async function startWitness(): Promise<Witness> {
  const executablePath = findChromium()
  const browser: Browser = await chromium.launch({
    args: chromiumArguments,
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  const seen: Seen[] = []
  const reading: Promise<void>[] = []
  const pages: Page[] = []
  const keep = (what: string, content: string | Buffer) => seen.push({ what, bytes: Buffer.from(content) })

  function remember(context: BrowserContext): void {
    context.on('console', (message) => keep('console', message.text()))
    context.on('weberror', (error) => keep('page error', String(error.error())))
    context.on('response', (response) => {
      const what = `answer to ${response.request().method()} ${response.url()}`
      keep(`headers of ${what}`, JSON.stringify(response.headers()))
      const body = response.body().then(
        (bytes) => void keep(what, bytes),
        // A redirect or an aborted answer has no body to read.
        () => undefined,
      )
      reading.push(body)
    })
  }

  return {
    seen,
    async person() {
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' })
      remember(context)
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      pages.push(page)
      return page
    },
    async look(page, what) {
      keep(`tree of ${what}`, await page.evaluate(wholeTree))
    },
    async describe() {
      const trees = pages.map(async (page) => `${page.url()}\n${await page.locator('body').ariaSnapshot()}`)
      return (await Promise.all(trees)).join('\n\n')
    },
    async close() {
      await Promise.all(reading)
      await browser.close()
    },
  }
}

/** Runs in the page: text, attributes and current form values of everything, through open shadow roots. */
function wholeTree(): string {
  const lines: string[] = [
    document.URL,
    JSON.stringify(history.state),
    JSON.stringify({ ...localStorage, ...sessionStorage }),
  ]
  const visit = (node: Node) => {
    if (node instanceof Element) {
      for (const { name, value } of node.attributes) lines.push(`${name}=${value}`)
      if (node.shadowRoot) visit(node.shadowRoot)
      if ('value' in node && typeof node.value === 'string') lines.push(node.value)
    }
    if (node.nodeType === Node.TEXT_NODE) lines.push(node.nodeValue ?? '')
    for (const child of node.childNodes) visit(child)
  }
  visit(document)
  return lines.join('\n')
}
