import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startVisitor, type Visitor } from './browser.ts'
import { type EntraWorld, startEntraWorld } from './world.ts'

let world: EntraWorld
let visitor: Visitor
let page: Page
/** The sign-in cookie of the first sign-in, which is gone afterwards. */
let usedCookie = ''

beforeAll(async () => {
  world = await startEntraWorld()
  visitor = await startVisitor()
  page = visitor.page
  await signInWithCode()
  await connectAccount()
})
afterAll(async () => {
  await visitor?.close()
  await world?.stop()
})

let tests = 0
/** From another address each time: somebody signs in ten times a minute at most. */
beforeEach(async () => {
  await visitor.context.setExtraHTTPHeaders({ 'X-Forwarded-For': `192.0.2.${++tests}` })
})

async function signInWithCode(): Promise<void> {
  await page.goto(world.serverUrl)
  await page.getByLabel('E-mail address').fill('ada@bluebird.example')
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the mail').waitFor()
  const mailbox = await visitor.context.newPage()
  await mailbox.goto(`${world.serverUrl}/dev/mailbox`)
  const code = /\b\d{8}\b/.exec(await mailbox.locator('main').innerText())?.[0] ?? ''
  await mailbox.close()
  await page.getByLabel('Code from the mail').fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

/** Ada adds a passkey, confirms with it, and connects the provider's account. */
async function connectAccount(): Promise<void> {
  await page.getByRole('link', { name: 'Ada Quill' }).click()
  await page.getByLabel('Name of a new passkey').fill('Work laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('cell', { name: 'Work laptop', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Connect a Microsoft account' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Use your passkey' }).click()
  await choose('ada')
  await page.getByRole('cell', { name: 'ada@contoso.example', exact: true }).waitFor()
}

async function choose(as: string, at = page): Promise<void> {
  await at
    .getByRole('heading', { name: 'Choose an account' })
    .waitFor()
    .catch(async (cause: unknown) => {
      const shown = await at.locator('main').innerText()
      throw new Error(`The provider was not reached.\n${shown}\n${visitor.complaints.join('\n')}`, { cause })
    })
  expect(new URL(at.url()).origin).toBe(world.providerUrl)
  await at.getByRole('button', { name: as, exact: true }).click()
}

async function signOut(): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('E-mail address').waitFor()
}

const goToProvider = () => page.getByRole('link', { name: 'Continue with Microsoft' }).click()
const ourCookies = async () => (await visitor.context.cookies(world.serverUrl)).map(({ name }) => name).sort()
const tokensSent = () => visitor.sent.filter(({ path }) => path === '/v1/sign-in/entra').map(({ body }) => body)

/** What this browser keeps for our pages. */
const kept = () =>
  page.evaluate(async () => ({
    session: Object.keys(sessionStorage),
    local: Object.keys(localStorage).filter((key) => key !== 'fistworks-organization'),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    script: document.cookie,
  }))

test('somebody signs in with the provider, lands where they wanted to go, and works there', async () => {
  await signOut()
  await page.goto(`${world.serverUrl}/bank-accounts`)
  await goToProvider()
  await page.getByRole('heading', { name: 'Choose an account' }).waitFor()
  const [cookie] = (await visitor.context.cookies(world.serverUrl)).filter(({ name }) => name === '__Host-fw_sign_in')
  usedCookie = `${cookie?.name}=${cookie?.value}`
  await choose('ada')
  await page.getByRole('heading', { name: 'Bank accounts', exact: true }).waitFor()
  await page.getByText('Operating account').first().waitFor()
  expect(new URL(page.url()).pathname).toBe('/bank-accounts')
  expect(await ourCookies()).toEqual(['__Host-fw_session'])
})

test('nothing of the provider and its library is left in the browser afterwards', async () => {
  expect(await kept()).toEqual({ session: [], local: [], databases: [], script: '' })
})

test('the token is sent to the server once, in the body of one request', async () => {
  expect(tokensSent()).toHaveLength(1)
  expect(world.printed.join('\n')).not.toContain((JSON.parse(tokensSent()[0] ?? '{}') as { token: string }).token)
})

test('the token that signed in once opens nothing again, even with the cookie it belonged to', async () => {
  const headers = { 'Content-Type': 'application/json', Origin: world.serverUrl, Cookie: usedCookie }
  const again = await fetch(`${world.serverUrl}/v1/sign-in/entra`, {
    method: 'POST',
    headers,
    body: tokensSent()[0] ?? '',
  })
  expect(again.status).toBe(401)
  expect(again.headers.getSetCookie()).toEqual([])
})

test('signing out ends the session', async () => {
  await signOut()
  await page.reload()
  await page.getByLabel('E-mail address').waitFor()
  expect((await kept()).session).toEqual([])
})

test('whoever cancels at the provider is told so, and can sign in another way', async () => {
  await goToProvider()
  await choose('cancel')
  await page.getByRole('alert').getByText('the sign-in at Microsoft was cancelled').waitFor()
  await page.getByRole('link', { name: 'Another way to sign in' }).click()
  await page.getByLabel('E-mail address').waitFor()
})

test('an error of the provider is shown in its words', async () => {
  await goToProvider()
  await choose('fail')
  await page.getByRole('alert').getByText('CONTOSO12: the directory is closed today.').waitFor()
  await page.getByRole('link', { name: 'Try again' }).click()
  await choose('cancel')
  await page.getByRole('link', { name: 'Another way to sign in' }).click()
})

test('an account that nobody connected is told what to do, and is not signed in', async () => {
  await goToProvider()
  await choose('mallory')
  await page.getByRole('alert').getByText('not connected to anybody here').waitFor()
  expect(await ourCookies()).toEqual(['__Host-fw_sign_in'])
  await page.getByRole('link', { name: 'Another way to sign in' }).click()
})

test('Back from the provider leads to where the person was, and the next try works', async () => {
  await page.getByLabel('E-mail address').waitFor()
  await goToProvider()
  await page.getByRole('heading', { name: 'Choose an account' }).waitFor()
  await page.goBack()
  await page.getByLabel('E-mail address').waitFor()
  await goToProvider()
  await choose('ada')
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await signOut()
})

test('an answer that was not asked for here is refused, and what it says is not shown', async () => {
  await page.goto(`${world.serverUrl}/sign-in/entra#state=x&error=server_error&error_description=Call+this+number`)
  await page.getByRole('alert').getByText('Start again').waitFor()
  expect(await page.locator('body').innerText()).not.toContain('Call this number')
  expect(new URL(page.url()).hash).toBe('')
})

test('afterwards nobody is sent to another site', async () => {
  await page.goto(`${world.serverUrl}/sign-in/entra?to=${encodeURIComponent('//evil.example/x')}`)
  await choose('ada')
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  expect(page.url()).toBe(`${world.serverUrl}/`)
})

test('a session that ends under a form goes on with what was typed, after a sign-in in another tab', async () => {
  await page.goto(`${world.serverUrl}/bank-accounts/new`)
  await page.getByLabel('Name', { exact: true }).fill('Payroll account')
  await page.getByLabel('Routing number').fill('091000019')
  await page.getByLabel('Account number').fill('55004400')
  await page.getByLabel('Company name').fill('BLUEBIRD BAKERY')
  await page.getByLabel('Company id').fill('1234567890')
  await visitor.context.clearCookies({ name: '__Host-fw_session' })
  await page.getByRole('button', { name: 'Add the account' }).click()
  await page.getByText('Your session has ended').waitFor()
  const opening = visitor.context.waitForEvent('page')
  await goToProvider()
  const tab = await opening
  await choose('ada', tab)
  await tab.getByRole('button', { name: 'Sign out' }).waitFor()
  await page.getByRole('button', { name: 'Add the account' }).waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Payroll account')
  await tab.close()
})

test('no policy of our pages was broken, and no other page loaded the library', () => {
  expect(visitor.complaints).toEqual([])
  expect([...visitor.loadedLibrary]).toEqual(['/sign-in/entra'])
})
