import { formatCents } from '@fistworks/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import '../../register/fist-ach-file.ts'
import { FakeAnswer, FakeApi, problem } from '../../testing/fake-api.ts'
import { fakeFile, fakeId } from '../../testing/fake-store.ts'
import { expectAccessible, mount, unmountAll } from '../../testing/mount.ts'

let api: FakeApi
beforeEach(() => {
  api = new FakeApi()
  api.addRecipients('Initech', 'Hooli')
})
afterEach(unmountAll)
const button = (name: string) => page.getByRole('button', { name, exact: true })
const text = (words: string | RegExp) => page.getByText(words).first()

function bills() {
  const [account] = api.bankAccounts
  const entries = api.recipients
    .slice(0, 2)
    .map(({ id }, index) => ({ recipientId: id, amountCents: (index + 1) * 1_000 }))
  if (!account) throw new Error('There is no bank account.')
  const batch = {
    bankAccountId: account.id,
    secCode: 'CCD' as const,
    companyEntryDescription: 'BILLS',
    effectiveDate: '2026-11-24',
  }
  return { name: 'Bills of November 24', batches: [{ ...batch, entries }] }
}

test('whoever approves sees date, account and the largest, and is asked before it may pay twice', async () => {
  const file = api.addFile(bills(), { status: 'pendingApproval' })
  const other = fakeId('ach')
  const bodies: unknown[] = []
  api.intercept = ({ path, body }) => {
    if (!path.endsWith('/approve')) return null
    bodies.push(body)
    const known = (body as { acknowledgedDuplicates?: string[] }).acknowledgedDuplicates ?? []
    if (known.includes(other)) return null
    const message = '1 of its payments, $10.00, also stand in “Friday”'
    const detail = `It may pay twice: ${message} (${other}), which was submitted. If that is meant, send it again with the ids.`
    return problem('possible-duplicate', detail, [
      { pointer: `/acknowledgedDuplicates/${other}`, code: 'possible-duplicate', message },
    ])
  }
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await button('Approve').click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog.getByText(/Takes effect Tue, Nov 24, 2026/)).toBeVisible()
  await expect.element(dialog.getByText(/Largest: .*\$20\.00.*\$10\.00/)).toBeVisible()
  await expectAccessible()
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect.element(dialog.getByRole('heading', { name: 'This may pay twice' })).toBeVisible()
  await expect.element(dialog.getByText(/also stand in “Friday”/)).toBeVisible()
  await expectAccessible()
  await dialog.getByRole('button', { name: 'It is meant: go on' }).click()
  await expect.element(text('Approved by Lee Park')).toBeVisible()
  expect(bodies).toEqual([
    { version: 1, acknowledgedDuplicates: [] },
    { version: 1, acknowledgedDuplicates: [other] },
  ])
})

test('who goes back when it may pay twice has done nothing', async () => {
  const file = api.addFile(bills(), { status: 'pendingApproval' })
  api.intercept = ({ path }) =>
    path.endsWith('/approve') ? problem('possible-duplicate', 'It may pay twice.', []) : null
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await button('Approve').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await expect.element(dialog.getByRole('heading', { name: 'This may pay twice' })).toBeVisible()
  await expect.element(page.getByText('That did not work')).not.toBeInTheDocument()
  await dialog.getByRole('button', { name: 'Go back' }).click()
  expect(api.files[0]?.status).toBe('pendingApproval')
  expect(api.requests.filter(({ path }) => path.endsWith('/approve'))).toHaveLength(1)
})

test('a file that came without its payments says so, is not edited, and still goes its way', async () => {
  const { batches, ...file } = api.addFile(bills(), { status: 'draft' })
  const large = { ...file, batches: batches.map((batch) => ({ ...batch, entryCount: 12_000, entries: [] })) }
  const asked: unknown[] = []
  api.intercept = ({ method, path, body }) => {
    if (!path.includes(file.id)) return null
    if (method === 'GET') return new FakeAnswer(200, large)
    asked.push([path, body])
    return new FakeAnswer(200, { ...large, status: 'pendingApproval', version: 2 })
  }
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await expect.element(text(/^12,000 payments: too many to show here/)).toBeVisible()
  await expect.element(button('Save draft')).not.toBeInTheDocument()
  await expectAccessible()
  await button('Request approval').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Request approval' }).click()
  await expect.element(text('Waiting for approval')).toBeVisible()
  expect(asked).toEqual([[`/v1/ach-files/${file.id}/request-approval`, { version: 1, acknowledgedDuplicates: [] }]])
})

test.each([
  [1, 'Your approval submits it. It leaves for the bank Nov 30, 2090,.* and can be canceled until then.'],
  [2, 'Its last approval submits it to the bank.'],
])('whoever approves is told that it also sends the file, with %i approvals needed', async (needed, words) => {
  const file = api.addFile(bills(), { status: 'pendingApproval' })
  const plannedTransmission = { leavesAt: '2090-11-30T18:00:00Z', deliverBy: null, settles: [], problem: null }
  const asked = { ...file, submitOnApproval: true, approvalsNeeded: needed, plannedTransmission }
  api.intercept = ({ method, path }) => (method === 'GET' && path.includes(file.id) ? new FakeAnswer(200, asked) : null)
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await button('Approve').click()
  await expect.element(page.getByRole('dialog').getByText(new RegExp(words))).toBeVisible()
  await expectAccessible()
})

test('says what it does while a large file is written', async () => {
  const file = api.addFile(bills(), { status: 'approved' })
  const { promise, resolve } = Promise.withResolvers<FakeAnswer>()
  api.intercept = ({ path }) => (path.endsWith('/submit') ? promise : null)
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await button('Submit to the bank').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Submit to the bank' }).click()
  await expect.element(page.getByRole('status').getByText('Writing the file for the bank…')).toBeVisible()
  await expect.element(button('Submit to the bank')).toHaveAttribute('aria-disabled', 'true')
  resolve(new FakeAnswer(200, { ...file, status: 'submitted', version: file.version + 1 }))
  await expect.element(text('It goes to the bank. How far it is stands below.')).toBeVisible()
  await expect.element(text('Writing the file for the bank…')).not.toBeInTheDocument()
})

test('a file that cannot be loaded is not called new', async () => {
  const file = api.addFile(bills(), { status: 'draft' })
  api.intercept = ({ path }) => (path.includes(file.id) ? problem('not-found', 'There is no such file.', []) : null)
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await expect.element(text('The file could not be loaded')).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Payment file', exact: true })).toBeVisible()
})

test('a file that waits says how many approvals it has, whose are missing and until when', async () => {
  const file = api.addFile(bills(), {
    status: 'pendingApproval',
    approvals: [{ id: fakeId('apv'), by: { type: 'user', id: 'u-3', name: 'Ben' }, at: '2026-11-23T16:00:00Z' }],
    approvalsNeeded: 2,
    you: { isAuthor: false, hasApproved: true },
    approvalRules: [{ fromCents: 100_000, approvals: 2, people: [{ id: fakeId('usr'), name: 'Grace' }], given: 1 }],
    approvalExpiresAt: '2026-11-30T16:00:00Z',
  })
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await expect.element(page.getByRole('heading', { name: '1 of 2 approvals' })).toBeVisible()
  await expect.element(text('1 of 2 by Grace because it moves $1,000.00 or more')).toBeVisible()
  await expect.element(text(/the request ends Nov 30/)).toBeVisible()
  await expect.element(text('Approved by Ben')).toBeVisible()
  await expect.element(text('You have approved it.')).toBeVisible()
  await expect.element(button('Approve')).not.toBeInTheDocument()
  await expect.element(button('Take my approval back')).toBeVisible()
  await expectAccessible()
})

test('whoever wrote it is told that somebody else decides, and not asked to', async () => {
  const file = api.addFile(bills(), { status: 'pendingApproval', you: { isAuthor: true, hasApproved: false } })
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await expect.element(text(/so somebody else has to approve it/)).toBeVisible()
  await expect.element(button('Cancel file')).toBeVisible()
  for (const name of ['Approve', 'Reject', 'Take my approval back'])
    await expect.element(button(name)).not.toBeInTheDocument()
  await expectAccessible()
})

test('what came back is added up, and only what there is is shown', async () => {
  const { name, batches } = bills()
  const collect = (entry: (typeof batches)[number]['entries'][number]) => ({ ...entry, direction: 'debit' as const })
  const collected = { name, batches: batches.map((batch) => ({ ...batch, entries: batch.entries.map(collect) })) }
  const file = api.addFile(collected, { status: 'acknowledged', outcome: { returned: 1, corrected: 0 } })
  const [entry] = file.batches[0]?.entries ?? []
  if (entry) entry.outcome = { type: 'return', id: fakeId('ret'), code: 'R01' }
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await expect.element(text('Came back')).toBeVisible()
  await expect.element(text(`1 · ${formatCents(entry?.amountCents ?? 0)}`)).toBeVisible()
  await expect.element(text('Paid out')).not.toBeInTheDocument()
})

test('some payments of a file are taken back: they are looked for, and what came back already is not among them', async () => {
  const file = api.addFile(bills(), { status: 'acknowledged', submittedAt: '2026-11-23T16:00:00Z' })
  const [first, second] = file.batches[0]?.entries ?? []
  if (!first || !second) throw new Error('The file has no two payments.')
  second.outcome = { type: 'return', id: fakeId('ret'), code: 'R01' }
  let asked: Record<string, unknown> = {}
  api.intercept = ({ path, body }) => {
    if (!path.endsWith('/reverse')) return null
    asked = body as typeof asked
    return new FakeAnswer(201, fakeFile(bills(), api.recipients, { kind: 'reversal', reverses: file.id }))
  }
  mount('fist-ach-file', { client: api.client, fileId: file.id })
  await text('Take this file back').click()
  await page.getByLabelText('Why').selectOptions('The amount was wrong')
  await page.getByRole('radio', { name: 'Some payments' }).click()
  await expect.element(text('No payment chosen yet.')).toBeVisible()
  await button('Draft the reversal').click()
  await expect.element(text('Choose at least one payment.')).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: /came back, R01/ })).toBeDisabled()
  const mine = page.getByRole('checkbox', { name: new RegExp(first.recipientName) })
  await mine.click()
  await expect.element(mine).toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: /came back, R01/ })).not.toBeChecked()
  await page.getByLabelText('Search by recipient').fill('nobody of this name')
  await expect.element(text('No payment to such a recipient.')).toBeVisible()
  await expect.element(text(`1 payment, ${formatCents(first.amountCents)}`)).toBeVisible()
  await expectAccessible()
  await button('Draft the reversal').click()
  await vi.waitFor(() => expect(asked).toEqual({ version: 1, reason: 'wrongAmount', entryIds: [first.id] }))
})

test('what the bank has is taken back with a reason that the rules permit', async () => {
  const file = api.addFile(bills(), { status: 'delivered', submittedAt: '2026-11-23T16:00:00Z' })
  const reversal = fakeFile(bills(), api.recipients, { name: 'Reversal of bills', kind: 'reversal', reverses: file.id })
  let asked: Record<string, unknown> = {}
  api.intercept = ({ path, body }) => {
    if (!path.endsWith('/reverse')) return null
    asked = body as typeof asked
    api.files = [...api.files, reversal]
    return new FakeAnswer(201, reversal)
  }
  const element = mount('fist-ach-file', { client: api.client, fileId: file.id })
  const made: string[] = []
  element.addEventListener('fist-ach-file-created', (event) => made.push(event.detail.achFile.id))
  await text('Take this file back').click()
  await button('Draft the reversal').click()
  await expect.element(text(/Choose why/)).toBeVisible()
  await expectAccessible()
  await page.getByLabelText('Why').selectOptions('It was sent twice')
  await button('Draft the reversal').click()
  await expect.element(page.getByRole('heading', { name: 'A reversal' })).toBeVisible()
  await expect.element(button('Request approval')).toBeVisible()
  await expect.element(button('Save draft')).not.toBeInTheDocument()
  // Whether it is in time is decided by the clock of the server, which need not be the one of this browser.
  expect(asked).toEqual({ version: 1, reason: 'duplicate' })
  expect(made).toEqual([reversal.id])
})
