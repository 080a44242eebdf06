import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Frame, Page } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
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

async function startHost(
  markup = '<fist-frame component="recipients" base-url="API"></fist-frame>',
  more: object = {},
) {
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
  const markup = await page.evaluate(() => document.documentElement.outerHTML)
  for (const number of Object.values(NUMBERS)) {
    expect(seen).not.toContain(number)
    expect(markup).not.toContain(number)
  }
  expect(seen).not.toMatch(/"key":"\d"/)
  expect(seen).toContain('"accountNumberLast4":"6789"')
  expect(
    await page.evaluate(
      () =>
        (document.querySelector('fist-frame') as HTMLElement).shadowRoot?.querySelector('iframe')?.contentDocument ??
        null,
    ),
  ).toBeNull()
})

test('a session for frames is worth nothing to a script of the page itself', async () => {
  const host = await startHost()
  const page = await visit(host)
  await inside(page).getByRole('heading', { name: 'Recipients' }).waitFor()
  const status = await page.evaluate(async (api) => {
    const { token } = await (await fetch('/session')).json()
    const plain = await fetch(`${api}/v1/recipients`, { headers: { Authorization: `Bearer ${token}` } })
    const asFrame = await fetch(`${api}/v1/recipients`, {
      headers: { Authorization: `Bearer ${token}`, 'FISTWorks-Parent-Origin': location.origin },
    }).then(
      (response) => response.status,
      () => 'not sent',
    )
    return [plain.status, asFrame]
  }, world.serverUrl)
  expect(status).toEqual([403, 'not sent'])
})

test('a page that the session does not name shows nothing, whoever its session came from', async () => {
  const [named, foreign] = [await startHost(), await startHost()]
  foreign.give = () => embedSession([named.origin])
  const page = await visit(foreign)
  await expect.poll(() => page.frames().some((each) => each.url().startsWith('chrome-error:'))).toBe(true)
  expect(await inside(page).getByRole('heading').count()).toBe(0)
})

test('the frame is not shown inside a frame of a frame, of a stranger or of the page itself', async () => {
  const named = await startHost()
  const around = await startHostPage(world.serverUrl, `<iframe src="${named.origin}"></iframe>`)
  onTestFinished(() => around.close())
  const strange = await visit(around)
  await expect.poll(() => strange.frames().some((each) => each.url().startsWith('chrome-error:'))).toBe(true)
  const own = await visit(named)
  await own.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = location.href
    frame.id = 'again'
    document.body.append(frame)
  })
  const nested = own.frameLocator('#again').frameLocator('fist-frame >> iframe')
  await nested.getByText('This belongs directly into the page').waitFor()
})

test('opened by itself it shows nothing and asks nothing', async () => {
  const { body } = await embedSession(['https://books.example'])
  const page = await witness.person()
  await page.goto(`${world.serverUrl}/embed/v1/frame?session=${body.id}`)
  await page.getByText('This belongs directly into the page').waitFor()
  const over = await page.goto(`${world.serverUrl}/embed/v1/frame?session=ems_01m7yrd1hcechv6nb2ne0f5e99`)
  expect(over?.headers()['content-security-policy']).toContain("frame-ancestors 'none'")
  await page.getByText('This session has ended').waitFor()
})

test('messages that are not from the page, not whole or not the first begin nothing', async () => {
  const host = await startHost('<iframe id="bare"></iframe>')
  const { body } = await embedSession([host.origin])
  const page = await visit(host)
  const frameUrl = `${world.serverUrl}/embed/v1/frame?session=${body.id}`
  await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const frame = document.querySelector('#bare') as HTMLIFrameElement
        frame.onload = resolve
        frame.src = url
      }),
    frameUrl,
  )
  const shown = () => page.frameLocator('#bare').locator('fist-frame-shell').count()
  const other = (await embedSession([host.origin])).body
  const hello = {
    fistworks: 1,
    type: 'hello',
    component: 'recipients',
    session: { token: body.token },
    options: { attributes: {}, features: null, prefill: null, theme: {} },
  }
  const wrong: unknown[] = [
    null,
    'hello',
    { ...hello, fistworks: 2 },
    { ...hello, type: 'Hello' },
    { ...hello, component: 'script' },
    { ...hello, component: 'recipients"><img src=x>' },
    { ...hello, session: { token: other.token } },
    { ...hello, session: { token: `${body.token}\n` } },
    { ...hello, session: null },
  ]
  const send = (messages: unknown[], ports: number) =>
    page.evaluate(
      ([list, count, origin]) => {
        const target = (document.querySelector('#bare') as HTMLIFrameElement).contentWindow as Window
        for (const message of list as unknown[]) {
          const channels = Array.from({ length: count as number }, () => new MessageChannel())
          target.postMessage(
            message,
            origin as string,
            channels.map(({ port2 }) => port2),
          )
        }
      },
      [messages, ports, world.serverUrl] as const,
    )
  await send(wrong, 1)
  await send([hello], 0)
  await send([hello], 2)
  // A sibling of the same origin is not the page around the frame.
  await page.evaluate(
    async ([message, origin]) => {
      const sibling = document.createElement('iframe')
      sibling.srcdoc = '<p>sibling</p>'
      const loaded = new Promise((resolve) => (sibling.onload = resolve))
      document.body.append(sibling)
      await loaded
      const script = sibling.contentDocument?.createElement('script') as HTMLScriptElement
      script.text = `parent.frames[0].postMessage(${JSON.stringify(message)}, ${JSON.stringify(origin)}, [new MessageChannel().port2])`
      sibling.contentDocument?.body.append(script)
    },
    [hello, world.serverUrl] as const,
  )
  // What was sent is heard in order: once the right one is shown, the others were heard and were nothing.
  const before = await shown()
  await send([hello], 1)
  await page.frameLocator('#bare').getByRole('heading', { name: 'Recipients' }).waitFor()
  expect([before, await shown()]).toEqual([0, 1])
  // The same once more, with another component: it began once.
  await send([{ ...hello, component: 'ach-files' }], 1)
  await page.frameLocator('#bare').getByRole('button', { name: 'Add recipient' }).first().click()
  expect(await shown()).toBe(1)
  expect(await page.frameLocator('#bare').locator('fist-ach-files').count()).toBe(0)
})

test('a session that is revoked is noticed at the next click; what was typed stays, and another session saves it', async () => {
  const host = await startHost()
  const given: string[] = []
  host.give = async () => {
    const answer = await embedSession([host.origin])
    given.push(answer.body.id)
    return answer
  }
  const page = await visit(host)
  const frame = inside(page)
  await frame.getByRole('button', { name: 'Add recipient' }).first().click()
  const dialog = frame.getByRole('dialog')
  await dialog.getByLabel('Name', { exact: true }).fill('Kim Park')
  await dialog.getByLabel('Routing number').fill(NUMBERS.routing)
  await dialog.getByLabel('Account number', { exact: true }).fill('55501234')
  await dialog.getByLabel('Confirm account number').fill('55501234')
  const give = host.give
  host.give = () => Promise.resolve({ status: 503, body: {} })
  for (const id of given) await post(`/v1/embed-sessions/${id}/revoke`, {})
  const save = dialog.getByRole('button', { name: 'Add recipient' })
  await save.click()
  await dialog.getByText('This page could not get a session').waitFor()
  expect(
    await page.evaluate(
      () => (document.querySelector('fist-frame') as HTMLElement & { hasUnsavedInput: boolean }).hasUnsavedInput,
    ),
  ).toBe(true)
  host.give = give
  await save.click()
  await frame.getByText('Kim Park').first().waitFor()
  expect(given).toHaveLength(2)
})

test('two frames of a page ask for one session', async () => {
  const markup = `<fist-frame component="recipients" base-url="API"></fist-frame>
    <fist-frame component="recipient-form" base-url="API" recipient-name="From the page"></fist-frame>`
  const host = await startHost(markup)
  const page = await visit(host)
  const second = page.frameLocator('fist-frame:nth-of-type(2) >> iframe')
  const name = second.getByLabel('Name', { exact: true })
  await name.waitFor()
  expect(await name.inputValue()).toBe('From the page')
  expect(host.asked).toBe(1)
})

test('it is as high as what it shows, looks like the page, and the keyboard walks through', async () => {
  const host = await startHost()
  const page = await visit(host)
  await inside(page).getByRole('button', { name: 'Add recipient' }).first().waitFor()
  const height = () => page.evaluate(() => document.querySelector('fist-frame')?.getBoundingClientRect().height ?? 0)
  const needed = () => frameOf(page).evaluate(() => document.body.scrollHeight)
  await expect.poll(async () => Math.abs((await height()) - (await needed()))).toBeLessThan(3)
  await page.evaluate(() => document.documentElement.style.setProperty('--fist-accent', 'rgb(120, 20, 90)'))
  const button = inside(page).getByRole('button', { name: 'Add recipient' }).first()
  await expect.poll(() => button.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe('rgb(120, 20, 90)')
  await page.locator('#before').focus()
  await page.keyboard.press('Tab')
  expect(await frameOf(page).evaluate(() => document.hasFocus())).toBe(true)
  for (let tabs = 0; tabs < 40 && (await frameOf(page).evaluate(() => document.hasFocus())); tabs++) {
    await page.keyboard.press('Tab')
  }
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('after')
  expect(await page.locator('fist-frame >> iframe').getAttribute('title')).toBe('Recipients')
})

/** What axe finds in the frame, in light and in dark. */
async function findings(page: Page) {
  const found: string[] = []
  for (const scheme of ['light', 'dark']) {
    await page.evaluate((value) => document.documentElement.style.setProperty('color-scheme', value), scheme)
    const frame = frameOf(page)
    await expect.poll(() => frame.evaluate(() => document.documentElement.style.colorScheme)).toBe(scheme)
    await frame.evaluate(axe.source)
    const { violations } = await frame.evaluate(async () => {
      const running = document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity)
      await Promise.allSettled(running.map((each) => each.finished))
      const rules = { region: { enabled: false }, 'page-has-heading-one': { enabled: false } }
      return (globalThis as unknown as { axe: typeof axe }).axe.run(document.body, { rules })
    })
    found.push(...violations.map(({ id, nodes }) => `${scheme} ${id} ${nodes.map(({ html }) => html).join()}`))
  }
  return found
}

test('is accessible with what can be added, in a dialog, narrow, and when no session is to be had', async () => {
  const host = await startHost(undefined, { components: { recipients: { features: [], risable: ['write'] } } })
  const page = await visit(host)
  await inside(page).getByRole('button', { name: 'Confirm that it is you' }).waitFor()
  expect(await findings(page)).toEqual([])
  const other = await startHost()
  await page.goto(other.origin)
  await page.setViewportSize({ width: 340, height: 700 })
  await inside(page).getByRole('button', { name: 'Add recipient' }).first().click()
  await inside(page).getByRole('dialog').waitFor()
  expect(await findings(page)).toEqual([])
  const width = await frameOf(page).evaluate(() => [document.documentElement.scrollWidth, innerWidth])
  expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0)
  other.give = () => Promise.resolve({ status: 503, body: {} })
  await page.goto(other.origin)
  const again = page.getByRole('button', { name: 'Try again' })
  await again.waitFor()
  other.give = () => embedSession([other.origin])
  await again.click()
  await inside(page).getByRole('heading', { name: 'Recipients' }).waitFor()
})
