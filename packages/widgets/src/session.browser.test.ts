import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import './register/fistworks.ts'
import { FakeApi, problem } from './testing/fake-api.ts'
import { expectAccessible, mount, unmountAll } from './testing/mount.ts'

const { fetch } = globalThis
let api: FakeApi
/** The tokens that work; what was asked of the host; whether it can give one. */
let open: Set<string>
let asked: number
let isHostDown: boolean

beforeEach(() => {
  api = new FakeApi()
  open = new Set()
  asked = 0
  isHostDown = false
  globalThis.fetch = api.fetch
  api.intercept = ({ headers }) =>
    open.has(headers.get('Authorization') ?? '') ? null : problem('session-expired', 'The embed session has ended.')
})
afterEach(() => {
  globalThis.fetch = fetch
  unmountAll()
})

async function fetchSessionToken() {
  asked++
  if (isHostDown) throw new Error('the back end is away')
  const token = `fw_ems_${asked}`
  open.add(`Bearer ${token}`)
  return { token, expiresAt: new Date(Date.now() + 900_000).toISOString() }
}

async function fillForm() {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada Farmer')
  await page.getByLabelText('Routing number').fill('091000019')
  await page.getByLabelText('Account number', { exact: true }).fill('700100200')
  await page.getByLabelText('Confirm account number').fill('700100200')
}

/** One function for all elements of a page, so one token; another test is another page. */
const connected = () => ({ baseUrl: 'https://fistworks.example', fetchSessionToken: () => fetchSessionToken() })

test('a session that is revoked while somebody types is replaced once for all elements, and what was typed is saved', async () => {
  const host = connected()
  mount('fist-recipient-form', host)
  mount('fist-ach-files', host)
  await expect.element(page.getByText('No payment files yet')).toBeVisible()
  await fillForm()
  expect(asked).toBe(1)
  open.clear()
  mount('fist-ach-files', host)
  mount('fist-ach-files', host)
  await page.getByRole('button', { name: 'Add recipient' }).click()
  await expect.element(page.getByText('Ada Farmer was added.')).toBeVisible()
  await expect.poll(() => page.getByText('No payment files yet').elements()).toHaveLength(3)
  expect(api.recipients.filter(({ name }) => name === 'Ada Farmer')).toHaveLength(1)
  expect(asked).toBe(2)
})

test('a host that can give no session is told in words, nothing typed is lost, and the same button goes on later', async () => {
  const host = connected()
  const form = mount('fist-recipient-form', host)
  mount('fist-ach-files', host)
  await expect.element(page.getByText('No payment files yet')).toBeVisible()
  await fillForm()
  open.clear()
  isHostDown = true
  const save = page.getByRole('button', { name: 'Add recipient' })
  await save.click()
  await expect.element(page.getByRole('alert').getByText(/could not get a session/)).toBeVisible()
  await expectAccessible()
  expect(form.hasUnsavedInput).toBe(true)
  isHostDown = false
  await save.click()
  await expect.element(page.getByText('Ada Farmer was added.')).toBeVisible()
  const [added] = api.recipients
  expect([added?.name, added?.accountNumberLast4]).toEqual(['Ada Farmer', '0200'])
})
