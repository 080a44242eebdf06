import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../register/fist-ach-files.ts'
import { FakeApi, type FakeAnswer, problem } from '../../testing/fake-api.ts'
import { expectAccessible, focused, mount, unmountAll } from '../../testing/mount.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
})
afterEach(unmountAll)

const button = (name: string) => page.getByRole('button', { name, exact: true })
const text = (words: string | RegExp) => page.getByText(words).first()

test('lists files with their sum and state', async () => {
  api.addFile({ name: 'Payroll', batches: [] }, { status: 'needsAttention' })
  api.addFile({ name: 'Bills', batches: [] }, { status: 'acknowledged' })
  mount('fist-ach-files', { client: api.client })
  await expect.element(button('Bills')).toBeVisible()
  await expect.element(text('Needs a person')).toBeVisible()
  await expect.element(text('Acknowledged')).toBeVisible()
  await expectAccessible()
})

test('loading, empty and failed say so', async () => {
  const held = Promise.withResolvers<FakeAnswer>()
  api.intercept = () => held.promise
  mount('fist-ach-files', { client: api.client })
  await expect.element(text('Loading files')).toBeInTheDocument()
  await expectAccessible()
  held.resolve(problem('unavailable', 'Try again in a minute.'))
  await expect.element(text('Try again in a minute.')).toBeVisible()
  await expectAccessible()
  api.intercept = null
  await button('Try again').click()
  await expect.element(text('No payment files yet')).toBeVisible()
  await expect.element(button('New payment file')).toBeVisible()
  await expectAccessible()
})

test('opens a file in the place of the list and comes back to its row, by keyboard', async () => {
  api.addFile({ name: 'Payroll', batches: [] }, { status: 'canceled' })
  mount('fist-ach-files', { client: api.client })
  await expect.element(button('Payroll')).toBeVisible()
  await userEvent.keyboard('{Tab}{Tab}{Enter}')
  await expect.poll(() => focused()?.textContent).toBe('← All files')
  await expect.element(page.getByRole('heading', { name: 'Payroll' })).toBeVisible()
  await expectAccessible()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => focused()?.textContent).toBe('Payroll')
})

test('a host that cancels the event shows the file itself', async () => {
  const file = api.addFile({ name: 'Payroll', batches: [] })
  const element = mount('fist-ach-files', { client: api.client })
  const opened: string[] = []
  element.addEventListener('fist-ach-file-opened', (event) => {
    event.preventDefault()
    opened.push(event.detail.achFileId)
  })
  await button('Payroll').click()
  expect(opened).toEqual([file.id])
  await expect.element(button('← All files')).not.toBeInTheDocument()
})

test('a prefill opens a new file with the bills; once saved it is in the list', async () => {
  const [initech] = api.addRecipients('Initech')
  const bankAccountId = api.bankAccounts[0]?.id ?? 'bac_'
  const entries = [{ recipientId: initech?.id ?? 'rcp_', amountCents: 4200 }]
  const batch = {
    bankAccountId,
    secCode: 'CCD',
    companyEntryDescription: 'BILLS',
    effectiveDate: '2099-11-24',
    entries,
  } as const
  mount('fist-ach-files', { client: api.client, prefill: { name: 'Two bills', batches: [batch] } })
  await expect.element(text('$42.00')).toBeVisible()
  await button('Save draft').click()
  await expect.element(text(/All saved/)).toBeVisible()
  await button('← All files').click()
  await expect.element(button('Two bills')).toBeVisible()
  await expect.element(text('Draft')).toBeVisible()
})

test('asks before unsaved input is left', async () => {
  mount('fist-ach-files', { client: api.client })
  await button('New payment file').click()
  await page.getByLabelText('Name of this file').fill('Rent')
  await button('← All files').click()
  await expect.element(text('Leave without saving?')).toBeVisible()
  await button('Go back').click()
  await expect.element(page.getByLabelText('Name of this file')).toHaveValue('Rent')
  await button('← All files').click()
  await button('Leave').click()
  await expect.element(text('No payment files yet')).toBeVisible()
})
