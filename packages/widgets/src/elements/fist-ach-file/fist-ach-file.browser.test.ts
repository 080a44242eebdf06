import type { AchFileCreate, Recipient } from '@fistworks/contract'
import { nextBankingDay } from '@fistworks/nacha'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import '../../register/fist-ach-file.ts'
import { today } from '../../internal/dates.ts'
import { FakeApi, problem } from '../../testing/fake-api.ts'
import { fakeBankAccount } from '../../testing/fake-store.ts'
import { expectAccessible, focused, mount, unmountAll } from '../../testing/mount.ts'

let api: FakeApi
let initech: Recipient
let ada: Recipient
beforeEach(() => {
  api = new FakeApi()
  ;[initech, ada] = api.addRecipients('Initech', 'Ada Lovelace') as [Recipient, Recipient]
})
afterEach(unmountAll)

const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByLabelText(name, { exact: true })
const text = (words: string | RegExp) => page.getByText(words).first()
const bodyOf = (method: string) => api.requests.filter((each) => each.method === method).at(-1)?.body

function bills(): AchFileCreate {
  const bankAccountId = api.bankAccounts[0]?.id ?? 'bac_'
  const common = { bankAccountId, effectiveDate: '2099-11-24' }
  return {
    name: 'Bills of November 24',
    batches: [
      {
        ...common,
        secCode: 'CCD',
        companyEntryDescription: 'VENDOR PMT',
        entries: [{ recipientId: initech.id, amountCents: 123_456, addenda: ['Invoice 1042'], externalId: 'bill_1' }],
      },
      {
        ...common,
        secCode: 'PPD',
        companyEntryDescription: 'PAYROLL',
        entries: [{ recipientId: ada.id, amountCents: 100 }],
      },
    ],
  }
}

test('a file is composed with the keyboard: recipient, amount in dollars, totals as one types', async () => {
  mount('fist-ach-file', { client: api.client })
  await field('Name of this file').fill('Bills')
  await field('Recipient').click()
  await userEvent.keyboard('init')
  await expect.element(page.getByRole('listbox').getByRole('option')).toHaveLength(1)
  await expectAccessible()
  await userEvent.keyboard('{Enter}')
  await expect.element(field('Recipient')).toHaveValue('Initech ••••6789')
  await field('Amount ($)').fill('1,234.56')
  await expect.element(text('$1,234.56')).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(text(/All saved/)).toBeVisible()
  const body = bodyOf('POST') as AchFileCreate
  expect(body.batches[0]).toMatchObject({
    secCode: 'CCD',
    entries: [{ recipientId: initech.id, amountCents: 123_456, direction: 'credit' }],
  })
  await expectAccessible()
})

test('the first recipient decides the SEC code, and another kind of recipient is pointed out', async () => {
  mount('fist-ach-file', { client: api.client })
  await field('Recipient').fill('Ada')
  await page.getByRole('option', { name: /Ada Lovelace/ }).click()
  await expect.element(field('Paid to')).toHaveValue('PPD')
  await button('Add a payment').click()
  await field('Recipient').nth(1).fill('Init')
  await page.getByRole('option', { name: /Initech/ }).click()
  await expect.element(text('Initech is a business: pay it in a CCD batch.')).toBeVisible()
  await expectAccessible()
})

test('everything that keeps a draft from being saved is said at its field, a holiday by its name', async () => {
  mount('fist-ach-file', { client: api.client })
  await field('Takes effect on').fill('2026-12-25')
  await expect.element(text(/banks do not settle on 2026-12-25 \(Christmas Day\)/)).toBeVisible()
  await field('Amount ($)').fill('-5')
  await button('Save draft').click()
  await expect.element(text('Give the file a name.')).toBeVisible()
  await expect.element(text('Choose a recipient.')).toBeVisible()
  await expect.element(text('The amount must be more than zero.')).toBeVisible()
  await expect.poll(() => focused()?.id).toBe('f-name')
  expect(api.requests.filter((each) => each.method === 'POST')).toEqual([])
  await expectAccessible()
})

test.each(['0', '1.234', '1e3', '12,34', '100,000,000'])('an amount of %s is refused', async (amount) => {
  mount('fist-ach-file', { client: api.client })
  await field('Amount ($)').fill(amount)
  await userEvent.tab()
  await expect.element(field('Amount ($)')).toHaveAttribute('aria-invalid', 'true')
})

test('opens with what the accounting product hands over, and saves it as it was', async () => {
  const element = mount('fist-ach-file', { client: api.client, prefill: bills() })
  const created: string[] = []
  element.addEventListener('fist-ach-file-created', (event) => created.push(event.detail.achFile.id))
  await expect.element(field('Name of this file')).toHaveValue('Bills of November 24')
  await expect.element(text('$1,235.56')).toBeVisible()
  await button('Save draft').click()
  await expect.poll(() => created).toHaveLength(1)
  const sent = bodyOf('POST') as AchFileCreate
  expect(sent.batches[0]?.entries).toEqual([{ direction: 'credit', ...bills().batches[0]?.entries[0] }])
  expect(sent.batches[1]?.entries).toEqual([{ direction: 'credit', addenda: [], ...bills().batches[1]?.entries[0] }])
})

test('a prefill without account and date is paid from the only account there is, on the next banking day', async () => {
  const { batches, name } = bills()
  const open = batches.map(({ bankAccountId: _account, effectiveDate: _date, ...batch }) => batch)
  api.bankAccounts.push({ ...fakeBankAccount(), archivedAt: '2026-11-01T00:00:00Z' })
  mount('fist-ach-file', { client: api.client, prefill: { name, batches: open } })
  await button('Save draft').click()
  await expect.element(text(/All saved/)).toBeVisible()
  const sent = bodyOf('POST') as AchFileCreate
  const wanted = { bankAccountId: api.bankAccounts[0]?.id, effectiveDate: nextBankingDay(today()) }
  expect(sent.batches).toMatchObject([wanted, wanted])
})

test('of several accounts the person chooses', async () => {
  const { batches, name } = bills()
  const open = batches.slice(0, 1).map(({ bankAccountId: _account, ...batch }) => batch)
  api.bankAccounts.push({ ...fakeBankAccount(), name: 'Payroll' })
  mount('fist-ach-file', { client: api.client, prefill: { name, batches: open } })
  await button('Save draft').click()
  await expect.element(text('Choose the account to pay from.')).toBeVisible()
  await field('From account').selectOptions('Payroll ••••4321')
  await button('Save draft').click()
  await expect.poll(() => (bodyOf('POST') as AchFileCreate).batches[0]?.bankAccountId).toBe(api.bankAccounts[1]?.id)
})

test('what the server finds is shown at the field it is about', async () => {
  mount('fist-ach-file', { client: api.client, prefill: bills() })
  api.intercept = ({ method }) =>
    method === 'POST'
      ? problem('validation-failed', 'Some values are not valid.', [
          { pointer: '/batches/1/entries/0/amountCents', message: 'is over your limit' },
        ])
      : null
  await button('Save draft').click()
  await expect.poll(() => focused()?.id).toBe('f-batches-1-entries-0-amountCents')
  await expect.element(field('Amount ($)').nth(1)).toHaveAccessibleDescription(/over your limit/)
})

test('unsaved input survives a new token, and a change by somebody else is explained', async () => {
  const file = api.addFile(bills())
  const element = mount('fist-ach-file', { client: api.client, fileId: file.id })
  await field('Name of this file').fill('My name')
  element.client = Object.assign(new FakeApi(), {
    files: api.files,
    bankAccounts: api.bankAccounts,
    recipients: api.recipients,
  }).client
  await element.updateComplete
  await expect.element(field('Name of this file')).toHaveValue('My name')
  element.client = api.client
  api.files = [{ ...file, version: 2, name: 'Their name' }]
  await button('Save draft').click()
  await expect.element(text('Somebody changed this file while you were working on it')).toBeVisible()
  await expect.element(field('Name of this file')).toHaveValue('My name')
  await expectAccessible()
  await button('Save mine over theirs').click()
  await expect.element(text(/All saved/)).toBeVisible()
  expect(api.files[0]).toMatchObject({ name: 'My name', version: 3 })
})

test('a draft goes to approval, is approved, submitted once, and followed', async () => {
  const file = api.addFile(bills())
  const element = mount('fist-ach-file', { client: api.client, fileId: file.id })
  const seen: string[] = []
  element.addEventListener('fist-ach-file-changed', (event) => seen.push(event.detail.achFile.status))
  await button('Request approval').click()
  await expect.element(text('Waiting for approval')).toBeVisible()
  await expectAccessible()
  await button('Approve').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect.element(text('Approved by Lee Park')).toBeVisible()
  await button('Submit to the bank').click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByRole('heading')).toHaveTextContent('Submit 2 payments, $1,235.56?')
  await expect.element(dialog.getByText(/cannot be canceled any more/)).toBeVisible()
  await expectAccessible()
  await dialog.getByRole('button', { name: 'Submit to the bank' }).click()
  await expect.element(text('Delivery to the bank')).toBeVisible()
  expect(seen).toEqual(['pendingApproval', 'approved', 'submitted'])
  expect(api.submissions).toHaveLength(1)
  expect(api.requests.find((each) => each.path.endsWith('/submit'))?.headers.get('idempotency-key')).toBeTruthy()
  await expectAccessible()
})

test('a rejection needs a reason, and shows it to the one who goes on', async () => {
  const file = api.addFile(bills(), { status: 'pendingApproval' })
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await button('Reject').click()
  await page.getByLabelText('Reason').fill('Wrong date')
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
  await expect.element(text('Wrong date')).toBeVisible()
  await expect.element(field('Name of this file')).toHaveValue('Bills of November 24')
  await expectAccessible()
})

test('who may not approve is told why, and is not asked again', async () => {
  const file = api.addFile(bills(), { status: 'pendingApproval' })
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  api.intercept = ({ path }) =>
    path.endsWith('/approve')
      ? problem('second-person-required', 'You drafted this file: another person must approve it.')
      : null
  await button('Approve').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
  await expect.element(text('You drafted this file: another person must approve it.')).toBeVisible()
  await expect.element(button('Approve')).toBeDisabled()
  await expect.element(button('Reject')).toBeEnabled()
  await expectAccessible()
})

test('a submit whose answer got lost is repeated with the same key', async () => {
  const file = api.addFile(bills(), { status: 'approved' })
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  let isLost = true
  api.intercept = ({ path }) => {
    if (path.endsWith('/submit') && isLost) throw new TypeError('Failed to fetch')
    return null
  }
  const submit = async () => {
    await button('Submit to the bank').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Submit to the bank' }).click()
  }
  await submit()
  await expect.element(text(/could not be reached/)).toBeVisible()
  isLost = false
  await submit()
  await expect.element(text('Delivery to the bank')).toBeVisible()
  const keys = api.requests
    .filter((each) => each.path.endsWith('/submit'))
    .map((each) => each.headers.get('idempotency-key'))
  expect(keys.length).toBeGreaterThan(1)
  expect(new Set(keys).size).toBe(1)
})

test('only what the host asked for is offered', async () => {
  const file = api.addFile(bills(), { status: 'pendingApproval' })
  mount('fist-ach-file', { client: api.client, fileId: file.id, features: ['write'] })
  await expect.element(button('Cancel file')).toBeVisible()
  await expect.element(button('Approve')).not.toBeInTheDocument()
  await button('Cancel file').click()
  await button('Cancel this file').click()
  await expect.element(text('Canceled')).toBeVisible()
  await expectAccessible()
})

test('a file that cannot be loaded says why and can be tried again', async () => {
  const file = api.addFile(bills(), { status: 'delivered' })
  api.intercept = () => problem('unavailable', 'Try again in a minute.')
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await expect.element(text('Try again in a minute.')).toBeVisible()
  await expectAccessible()
  api.intercept = null
  await button('Try again').click()
  await expect.element(text('Bills of November 24')).toBeVisible()
})

test('a rejected file is edited as it was last saved, not as it was first loaded', async () => {
  const file = api.addFile(bills())
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await field('Amount ($)').first().fill('7.00')
  await button('Request approval').click()
  await button('Reject').click()
  await page.getByLabelText('Reason').fill('Wrong date')
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click()
  await expect.element(field('Amount ($)').first()).toHaveValue('7.00')
})

test('a new file goes straight to approval: saved first, and the host is told when all is done', async () => {
  const element = mount('fist-ach-file', { client: api.client, prefill: bills() })
  const told: string[] = []
  element.addEventListener('fist-ach-file-created', (event) => told.push(event.detail.achFile.status))
  await button('Request approval').click()
  await expect.poll(() => told).toEqual(['pendingApproval'])
})

test('the same prefill given again leaves what was typed alone, another one starts again', async () => {
  const element = mount('fist-ach-file', { client: api.client, prefill: bills() })
  await field('Name of this file').fill('My name')
  element.prefill = bills()
  await element.updateComplete
  await expect.element(field('Name of this file')).toHaveValue('My name')
  element.prefill = { ...bills(), name: 'Other bills' }
  await expect.element(field('Name of this file')).toHaveValue('Other bills')
})

test('a refused save is another attempt when it is tried again', async () => {
  mount('fist-ach-file', { client: api.client, prefill: bills() })
  api.intercept = ({ method }) => (method === 'POST' ? problem('limit-exceeded', 'Too many files today.') : null)
  await button('Save draft').click()
  await expect.element(text('Too many files today.')).toBeVisible()
  api.intercept = null
  await button('Save draft').click()
  await expect.element(text(/All saved/)).toBeVisible()
  const keys = api.requests.filter((each) => each.method === 'POST').map((each) => each.headers.get('idempotency-key'))
  expect(new Set(keys).size).toBe(2)
})

test('the focus stays on the button that saves, while it saves and after', async () => {
  mount('fist-ach-file', { client: api.client, prefill: bills() })
  await button('Save draft').click()
  await expect.element(text(/All saved/)).toBeVisible()
  expect(focused()?.textContent).toContain('Save draft')
})
