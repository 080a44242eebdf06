import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../register/fist-recipients.ts'
import { type FakeAnswer, FakeApi, problem } from '../../testing/fake-api.ts'
import { expectAccessible, focused, mount, unmountAll } from '../../testing/mount.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
})
afterEach(unmountAll)

/** The row of this recipient. */
const named = (name: string) => page.getByRole('cell').getByText(name, { exact: true }).first()
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('shows recipients masked, with the end of their number read out', async () => {
  api.addRecipients('Initech')
  mount('fist-recipients', { client: api.client })
  await expect.element(named('Initech')).toBeVisible()
  await expect.element(page.getByText('account ending in 6789')).toBeInTheDocument()
  await expect.element(page.getByText('routing number ending in 0021')).toBeInTheDocument()
  await expectAccessible()
})

test('says that it loads, that nobody is there, and what went wrong, each without a finding of axe', async () => {
  const held = Promise.withResolvers<FakeAnswer>()
  api.intercept = () => held.promise
  mount('fist-recipients', { client: api.client })
  await expect.element(page.getByText('Loading recipients')).toBeInTheDocument()
  await expectAccessible()
  held.resolve(problem('unavailable', 'Try again in a minute.'))
  await expect.element(page.getByRole('alert').getByText('Try again in a minute.')).toBeVisible()
  await expect.element(page.getByRole('alert').getByText(/req_fake_1/)).toBeVisible()
  await expectAccessible()
  api.intercept = null
  await button('Try again').click()
  await expect.element(page.getByText('No recipients yet')).toBeVisible()
  await expectAccessible()
})

test('finds by name', async () => {
  api.addRecipients('Initech', 'Globex')
  mount('fist-recipients', { client: api.client })
  await page.getByRole('searchbox', { name: 'Search recipients' }).fill('glob')
  await expect.element(named('Initech')).not.toBeInTheDocument()
  await expect.element(named('Globex')).toBeVisible()
  await page.getByRole('searchbox').fill('nobody')
  await button('Show everyone').click()
  await expect.element(named('Initech')).toBeVisible()
})

test('adds a recipient with the keyboard alone, and gives the focus back', async () => {
  api.addRecipients('Initech')
  const element = mount('fist-recipients', { client: api.client })
  const created: string[] = []
  element.addEventListener('fist-recipient-created', (event) => created.push(event.detail.recipient.name))
  await expect.element(named('Initech')).toBeVisible()
  await userEvent.keyboard('{Tab}{Enter}')
  await expect.poll(() => focused()?.id).toBe('f-name')
  await expectAccessible()
  await userEvent.keyboard('Globex{Tab}{Tab}021000021{Tab}000123456780{Tab}000123456780{Enter}')
  await expect.element(named('Globex')).toBeVisible()
  expect(created).toEqual(['Globex'])
  await expect.poll(() => focused()?.textContent?.trim()).toBe('Add recipient')
  const { body } = api.requests.find((each) => each.method === 'POST') ?? {}
  expect(body).toMatchObject({ routingNumber: '021000021', accountNumber: '000123456780', holderType: 'business' })
})

test('changes a name and sends nothing else', async () => {
  api.addRecipients('Initech')
  mount('fist-recipients', { client: api.client })
  await button('Edit Initech').click()
  await expect.element(page.getByLabelText('Name')).toHaveValue('Initech')
  await page.getByLabelText('Name').fill('Initrode')
  await button('Save changes').click()
  await expect.element(named('Initrode')).toBeVisible()
  expect(api.requests.find((each) => each.method === 'PATCH')?.body).toEqual({ name: 'Initrode' })
})

test('archives after a question, and not when the answer is no', async () => {
  api.addRecipients('Initech', 'Globex')
  const element = mount('fist-recipients', { client: api.client })
  const archived: string[] = []
  element.addEventListener('fist-recipient-archived', (event) => archived.push(event.detail.recipient.name))
  await button('Archive Initech').click()
  await expectAccessible()
  await button('Go back').click()
  await expect.poll(() => focused()?.textContent?.replaceAll(/\s+/g, ' ').trim()).toBe('Archive Initech')
  expect(archived).toEqual([])
  await button('Archive Initech').click()
  await button('Archive').nth(-1).click()
  await expect.element(named('Initech')).not.toBeInTheDocument()
  expect(archived).toEqual(['Initech'])
})

test('hides what the host did not ask for, and stops offering what the server refuses', async () => {
  api.addRecipients('Initech')
  const element = mount('fist-recipients', { client: api.client, features: [] })
  await expect.element(named('Initech')).toBeVisible()
  await expect.element(button('Add recipient')).not.toBeInTheDocument()
  element.features = null
  api.intercept = ({ method }) => (method === 'POST' ? problem('forbidden', 'This session may only look.') : null)
  await button('Archive Initech').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click()
  await expect.element(page.getByRole('alert').getByText('This session may only look.')).toBeVisible()
  await expect.element(button('Add recipient')).not.toBeInTheDocument()
})

test('ten thousand rows come as one scrolls, and only those in sight are laid out', async () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `Recipient ${index}`)
  api.addRecipients(...names)
  const element = mount('fist-recipients', { client: api.client })
  const rows = () => element.renderRoot.querySelectorAll('.chunk .row').length
  await expect.poll(rows).toBeGreaterThanOrEqual(50)
  expect(rows()).toBeLessThan(500)
  await expect
    .poll(
      () => {
        window.scrollTo(0, document.documentElement.scrollHeight)
        return rows()
      },
      { timeout: 60_000, interval: 20 },
    )
    .toBe(10_000)
  const chunks = [...element.renderRoot.querySelectorAll<HTMLElement>('.chunk')]
  const laidOut = chunks.filter((chunk) => chunk.firstElementChild?.checkVisibility({ contentVisibilityAuto: true }))
  expect(laidOut.length).toBeLessThan(10)
}, 70_000)

test('a new fetchSessionToken loads nothing again', async () => {
  api.addRecipients('Initech')
  const fetch = globalThis.fetch
  globalThis.fetch = api.fetch
  try {
    const element = mount('fist-recipients', {
      baseUrl: 'https://fistworks.example',
      fetchSessionToken: async () => 'fw_ems_1',
    })
    await expect.element(named('Initech')).toBeVisible()
    const count = api.requests.length
    element.fetchSessionToken = async () => 'fw_ems_2'
    await element.updateComplete
    await button('Edit Initech').click()
    expect(api.requests).toHaveLength(count)
    await page.getByLabelText('Name').fill('Initrode')
    await button('Save changes').click()
    await expect.poll(() => api.requests.at(-1)?.headers.get('authorization')).toBe('Bearer fw_ems_2')
  } finally {
    globalThis.fetch = fetch
  }
})

test('says so when base-url is no address', async () => {
  mount('fist-recipients', { baseUrl: 'nonsense', fetchSessionToken: async () => 'fw_ems_1' })
  await expect.element(page.getByRole('alert').getByText(/baseUrl must be an address/)).toBeVisible()
})
