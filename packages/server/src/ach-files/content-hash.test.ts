import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestTenants, type TestTenants } from '../testing/context.ts'
import { addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approvalHash } from './content-hash.ts'
import type { Draft } from './draft.ts'
import { connectionOf, readDraft } from './read-draft.ts'
import { contentHashOf } from './testing/content-hash-of.ts'

let tenants: TestTenants
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

async function stored() {
  const organization = await tenants.organization()
  const account = await addBankAccount(organization)
  const [acme, zenith] = [await addRecipient(organization), await addRecipient(organization, { name: 'Zenith' })]
  const entries = [
    { recipientId: acme.id, amountCents: 100 },
    { recipientId: zenith.id, amountCents: 200, addenda: ['INV 7'] },
  ]
  const batches = [batchOf(account.id, acme.id, { entries }), batchOf(account.id, acme.id)]
  const file = await addDraft(organization, batches)
  return organization.read(async (ctx) => {
    const draft = await readDraft(ctx, file.id)
    const connection = await connectionOf(ctx, draft)
    if (connection === undefined) throw new Error('no connection')
    return { draft, connection, account, acme }
  })
}

it('is another one when anything is that decides how much goes where, from where and through which bank', async () => {
  const { draft, connection, account, acme } = await stored()
  const original = contentHashOf(draft, connection)
  const first = draft.batches[0]
  const entry = first?.entries[0]
  const recipient = draft.recipients.get(acme.id)
  const from = draft.bankAccounts.get(account.id)
  if (!first || !entry || !recipient || !from) throw new Error('the draft is not whole')

  const withBatch = (change: object): Draft => ({
    ...draft,
    batches: [{ ...first, ...change }, ...draft.batches.slice(1)],
  })
  const withEntry = (change: object) => withBatch({ entries: [{ ...entry, ...change }, ...first.entries.slice(1)] })
  const withRecipient = (change: object): Draft => ({
    ...draft,
    recipients: new Map([...draft.recipients, [acme.id, { ...recipient, ...change }]]),
  })
  const withAccount = (change: object): Draft => ({
    ...draft,
    bankAccounts: new Map([[account.id, { ...from, ...change }]]),
  })
  const otherAccount = new Uint8Array(32)
  const changed = [
    ...[{ amountCents: 101 }, { direction: 'debit' }, { addenda: ['INV 8'] }, { externalId: 'x' }].map(withEntry),
    withEntry({ recipientId: first.entries[1]?.recipientId }),
    ...[{ secCode: 'PPD' }, { effectiveDate: '2026-11-25' }, { companyEntryDescription: 'X' }].map(withBatch),
    withBatch({ companyDiscretionaryData: 'X' }),
    withBatch({ entries: first.entries.slice(1) }),
    ...[{ accountIndex: '00'.repeat(32) }, { accountType: 'savings' }, { name: 'Acme 2' }].map(withRecipient),
    ...[{ accountIndex: otherAccount }, { companyName: 'X' }, { companyId: 'X' }].map(withAccount),
  ].map((other) => contentHashOf(other, connection))
  const banks = [
    { id: 'bcn_other' },
    { immediateDestination: '1' },
    { immediateDestinationName: 'X' },
    { immediateOrigin: '1' },
    { immediateOriginName: 'X' },
  ].map((change) => contentHashOf(draft, { ...connection, ...change }))
  const all = await Promise.all([original, ...changed, ...banks])
  expect(new Set(all).size).toBe(all.length)
})

it('is the same whatever the order of batches and entries, and whatever else is known of the recipient', async () => {
  const { draft, connection, acme } = await stored()
  const recipient = draft.recipients.get(acme.id)
  if (!recipient) throw new Error('the draft is not whole')
  const reversed: Draft = {
    ...draft,
    batches: draft.batches.toReversed().map((batch) => ({ ...batch, entries: batch.entries.toReversed() })),
    recipients: new Map([
      ...draft.recipients,
      [acme.id, { ...recipient, routingNumberLast4: '0000', archivedAt: connection.createdAt }],
    ]),
  }
  expect(await contentHashOf(reversed, connection)).toBe(await contentHashOf(draft, connection))
})

it('binds an approval to the server the file goes to, and does not let a move of it hide a duplicate', async () => {
  const { draft, connection } = await stored()
  const moved = [
    { host: 'sftp.elsewhere.example' },
    { port: 2022 },
    { username: 'other' },
    { hostKeyFingerprints: ['SHA256:other'] },
    { uploadDirectory: '/elsewhere' },
  ].map((change) => ({ ...connection, ...change }))
  const contents = await Promise.all([connection, ...moved].map((to) => contentHashOf(draft, to)))
  const approvals = [connection, ...moved].map((to, index) => approvalHash(contents[index] ?? '', draft, to))
  expect(new Set(approvals).size).toBe(approvals.length)
  expect(new Set(contents).size).toBe(1)
})
