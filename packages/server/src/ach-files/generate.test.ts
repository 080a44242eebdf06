import { decodeFile, isAcceptable, validateFile } from '@fistworks/nacha'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { acknowledging } from '../testing/acknowledging.ts'
import { BEN, createTestTenants, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addRecipient, batchOf } from '../testing/payments.ts'
import { contentStore } from './content-store.ts'
import { generatedFile } from './delivery.ts'
import { submitAchFile } from './submit.ts'

let tenants: TestTenants
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

/** Two batches of so many entries each, to three recipients in turn; every third has an addenda. */
async function submitted(entriesPerBatch: number) {
  const organization = await tenants.organization()
  const account = await addBankAccount(organization)
  const accountNumbers = ['8800000001', 'AB-99 887766', '990000000000003']
  const recipients = await Promise.all(
    accountNumbers.map((accountNumber, index) =>
      addRecipient(organization, { accountNumber, name: `Vendor ${index}` }),
    ),
  )
  const batches = [0, 1].map((batch) =>
    batchOf(account.id, recipients[0]?.id ?? 'rcp_', {
      companyEntryDescription: `RUN ${batch}`,
      entries: Array.from({ length: entriesPerBatch }, (_, index) => ({
        recipientId: recipients[index % 3]?.id ?? 'rcp_',
        amountCents: 1 + batch * 100_000 + index,
        addenda: index % 3 === 0 ? [`INV ${index}`] : [],
      })),
    }),
  )
  const approved = await addApproved(organization, batches)
  const file = await organization.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, approved.id, { ...approved, acknowledgedDuplicates })),
  )
  return organization.read(async (ctx) => ({
    accountNumbers,
    bytes: await generatedFile(ctx.db, ctx.vault, organization.id, file.id),
    rows: await contentStore(ctx.db, organization.id).page(file.id, {}, null, 10_000),
  }))
}

it.each([
  ['made in this thread', 7],
  ['made in a thread of its own, several parts to a batch', 1_203],
])('a file %s pays each entry once, in its order, with the trace number that is kept', async (_, entriesPerBatch) => {
  const { accountNumbers, bytes, rows } = await submitted(entriesPerBatch)
  expect(isAcceptable(validateFile(bytes, { profile: 'originate' }))).toBe(true)
  const made = (decodeFile(bytes).file?.batches ?? []).flatMap(({ header, entries }) =>
    [...entries].map((entry) => ({ header, entry })),
  )
  const found = made.map(({ header, entry }, at) => [
    header.companyEntryDescription.trim(),
    entry.accountNumber.trim(),
    entry.individualName.trim(),
    entry.amountCents,
    entry.addenda.map((text) => text.trim()),
    rows[at]?.traceNumber === entry.traceNumber,
    [rows[at]?.paidName, rows[at]?.paidAccountNumberLast4],
  ])
  const typed = [0, 1].flatMap((batch) =>
    Array.from({ length: entriesPerBatch }, (__, index) => {
      const accountNumber = accountNumbers[index % 3] ?? ''
      const name = `Vendor ${index % 3}`
      const addenda = index % 3 === 0 ? [`INV ${index}`] : []
      const kept = [name, accountNumber.slice(-4)]
      return [`RUN ${batch}`, accountNumber, name, 1 + batch * 100_000 + index, addenda, true, kept]
    }),
  )
  expect(found).toEqual(typed)
  const traces = new Set(made.map(({ entry }) => entry.traceNumber))
  expect(traces.size).toBe(made.length)
})
