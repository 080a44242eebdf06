import { type AchFileCreate, formatCents } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import { archiveRecipient } from '../recipients/service.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { ANNA, BEN, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import {
  addBankAccount,
  addBankConnection,
  addDraft,
  addRecipient,
  type BatchInput,
  batchOf,
  SEEDED,
} from '../testing/payments.ts'
import { cancelAchFile } from './cancel.ts'
import { authorsOf } from './authors.ts'
import { listAchFiles, retrieveAchFile, updateAchFile } from './service.ts'

let tenants: TestTenants
let ours: TestOrganization
let theirs: TestOrganization
let account: Awaited<ReturnType<typeof addBankAccount>>
let business: Awaited<ReturnType<typeof addRecipient>>
let individual: Awaited<ReturnType<typeof addRecipient>>
beforeAll(async () => {
  tenants = await createTestTenants()
  ours = await tenants.organization()
  theirs = await tenants.organization()
  account = await addBankAccount(ours)
  business = await addRecipient(ours)
  individual = await addRecipient(ours, { name: 'Jane Doe', holderType: 'individual' })
})
afterAll(() => tenants.close())

const bills = (over: Partial<BatchInput> = {}) => batchOf(account.id, business.id, over)
const wages = (over: Partial<BatchInput> = {}) => batchOf(account.id, individual.id, { secCode: 'PPD', ...over })

/** Pointer and code of everything that is wrong, and the sentences. */
async function refusal(batches: BatchInput[], organization = ours) {
  const error = await addDraft(organization, batches).catch((refused: unknown) => refused)
  const { code, errors } = error as { code: string; errors: { pointer: string; code: string; message: string }[] }
  expect(code).toBe('validation-failed')
  return errors
}

describe('a draft', () => {
  it('keeps what was typed, in its order, and adds it up; no number of an account is in it', async () => {
    const draft = await addDraft(ours, [
      bills({
        entries: [
          { recipientId: business.id, amountCents: 100, addenda: ['INV 1001'], externalId: 'bill-1' },
          { recipientId: business.id, amountCents: 250, direction: 'debit' },
        ],
      }),
      wages({ effectiveDate: '2026-11-25', companyEntryDescription: 'PAYROLL' }),
    ])
    expect(draft).toMatchObject({
      status: 'draft',
      version: 1,
      totals: { batchCount: 2, entryCount: 3, creditCents: 12_445, debitCents: 250 },
      approval: null,
      generated: null,
      submissionId: null,
      createdBy: ANNA.actor,
    })
    expect(draft.batches.map(({ secCode, effectiveDate }) => [secCode, effectiveDate])).toEqual([
      ['CCD', '2026-11-24'],
      ['PPD', '2026-11-25'],
    ])
    expect(draft.batches[0]?.entries).toMatchObject([
      {
        amountCents: 100,
        direction: 'credit',
        addenda: ['INV 1001'],
        externalId: 'bill-1',
        recipientName: business.name,
      },
      { amountCents: 250, direction: 'debit', addenda: [], externalId: null, traceNumber: null },
    ])
    expect(await ours.write(ANNA, (ctx) => retrieveAchFile(ctx, draft.id))).toEqual(draft)
    expect(JSON.stringify([draft, ours.events])).not.toContain(SEEDED.accountNumber)
    expect(JSON.stringify([draft, ours.events])).not.toContain(SEEDED.routingNumber)
  })

  it('of another tenant is not found, like one that never was', async () => {
    const draft = await addDraft(ours, [bills()])
    const answers = [draft.id, 'ach_00000000000000000000000000'].map((id) =>
      theirs.read((ctx) => retrieveAchFile(ctx, id)).catch((error: Error) => error.message),
    )
    expect(new Set(await Promise.all(answers)).size).toBe(1)
    await expect(
      theirs.write(ANNA, (ctx) => updateAchFile(ctx, draft.id, { version: 1, name: 'x' })),
    ).rejects.toMatchObject({ code: 'not-found' })
    expect((await theirs.read((ctx) => listAchFiles(ctx, {}))).data).toEqual([])
  })

  it('is replaced as a whole by an update at the version that was read', async () => {
    const draft = await addDraft(ours, [bills(), bills()])
    const batches: z.output<typeof AchFileCreate>['batches'] = [
      {
        ...wages(),
        secCode: 'PPD',
        entries: [{ recipientId: individual.id, amountCents: 7, direction: 'credit', addenda: [] }],
      },
    ]
    const changed = await ours.write(BEN, (ctx) => updateAchFile(ctx, draft.id, { version: 1, batches }))
    expect(changed).toMatchObject({
      name: 'Friday',
      version: 2,
      totals: { batchCount: 1, entryCount: 1, creditCents: 7 },
    })
    expect(await ours.write(ANNA, (ctx) => retrieveAchFile(ctx, draft.id))).toEqual(changed)
    expect(await authorsOf(ours.storage.read, ours.id, draft.id)).toEqual(['user:anna', 'user:ben'])
    await expect(
      ours.write(ANNA, (ctx) => updateAchFile(ctx, draft.id, { version: 1, name: 'Late' })),
    ).rejects.toMatchObject({ code: 'version-mismatch', message: expect.stringContaining('version 2') })
  })

  it('shows in lists by its status, without batches', async () => {
    const organization = await tenants.organization()
    const from = await addBankAccount(organization)
    const to = await addRecipient(organization)
    const draft = await addDraft(organization, [batchOf(from.id, to.id)])
    const { data } = await organization.read((ctx) => listAchFiles(ctx, { status: 'draft' }))
    expect(data.map(({ id }) => id)).toEqual([draft.id])
    expect(data[0]).not.toHaveProperty('batches')
    expect((await organization.read((ctx) => listAchFiles(ctx, { status: 'approved' }))).data).toEqual([])
  })
})

describe('a draft is refused', () => {
  it('for a recipient of another tenant, an unknown and an archived one, all in the same words', async () => {
    const foreign = await addRecipient(theirs)
    const archived = await addRecipient(ours)
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, archived.id))
    const entries = [business.id, foreign.id, 'rcp_00000000000000000000000000' as const, archived.id].map(
      (recipientId) => ({ recipientId, amountCents: 1 }),
    )
    const errors = await refusal([bills(), bills({ entries })])
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/batches/1/entries/1/recipientId', 'not-found'],
      ['/batches/1/entries/2/recipientId', 'not-found'],
      ['/batches/1/entries/3/recipientId', 'not-found'],
    ])
    expect(new Set(errors.map(({ message }) => message)).size).toBe(1)
  })

  it('for a bank account of another tenant or of another bank than the first batch', async () => {
    const foreign = await addBankAccount(theirs)
    const elsewhere = await addBankAccount(ours, await addBankConnection(ours))
    const errors = await refusal([
      bills(),
      bills({ bankAccountId: foreign.id }),
      bills({ bankAccountId: elsewhere.id }),
      bills(),
    ])
    expect(errors).toMatchObject([
      { pointer: '/batches/1/bankAccountId', code: 'not-found' },
      { pointer: '/batches/2/bankAccountId', code: 'bank-connection', message: expect.stringContaining('two files') },
    ])
  })

  it('for a company in PPD and a person in CCD, and says which batch they belong in', async () => {
    const errors = await refusal([
      wages({ entries: [{ recipientId: business.id, amountCents: 1 }] }),
      bills({ entries: [{ recipientId: individual.id, amountCents: 1 }] }),
    ])
    expect(errors).toMatchObject([
      { pointer: '/batches/0/entries/0/recipientId', message: expect.stringContaining('CCD batch') },
      { pointer: '/batches/1/entries/0/recipientId', message: expect.stringContaining('PPD batch') },
    ])
  })

  it('for a day that is past, too far ahead, a weekend or a holiday; the day is that of New York', async () => {
    const on = async (effectiveDate: string) => (await refusal([bills({ effectiveDate })]))[0]?.message
    expect(await on('2026-11-20')).toContain('in the past')
    expect(await on('2027-03-01')).toContain('98 days ahead')
    await expect(addDraft(ours, [bills({ effectiveDate: '2026-11-23' })])).resolves.toBeDefined()
    const { now } = tenants.clock
    // 23 November in London, still the 22nd in New York.
    tenants.clock.now = new Date('2026-11-23T03:00:00Z')
    await expect(addDraft(ours, [bills({ effectiveDate: '2026-11-23' })])).resolves.toBeDefined()
    tenants.clock.now = new Date('2026-11-24T05:01:00Z')
    expect(await on('2026-11-23')).toContain('today is 2026-11-24 in New York')
    tenants.clock.now = now
    await expect(addDraft(ours, [bills({ effectiveDate: '2026-11-26' })])).rejects.toThrow('Thanksgiving')
    await expect(addDraft(ours, [bills({ effectiveDate: '2026-11-28' })])).rejects.toThrow('weekend')
  })

  it('for totals that twelve digits do not hold and for more entries than a request may hold', async () => {
    const most = Array.from({ length: 101 }, () => ({ recipientId: business.id, amountCents: 9_999_999_999 }))
    expect(await refusal([bills({ entries: most })])).toMatchObject([
      { pointer: '/batches/0/entries/100/amountCents', message: expect.stringContaining(formatCents(999_999_999_999)) },
    ])
    const many = Array.from({ length: 5_001 }, () => ({ recipientId: business.id, amountCents: 1 }))
    expect(await refusal([bills({ entries: many }), bills({ entries: many })])).toMatchObject([
      { pointer: '/batches', code: 'limit-exceeded', message: expect.stringContaining('10002') },
    ])
  })

  it('when a thousand files are in preparation already', async () => {
    const organization = await tenants.organization()
    const from = await addBankAccount(organization)
    const to = await addRecipient(organization)
    const draft = await addDraft(organization, [batchOf(from.id, to.id)])
    await byHand(tenants.shared).write((tx) =>
      tx.run(sql`
        WITH RECURSIVE counted (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM counted WHERE n < 1000)
        INSERT INTO ach_files (organization_id, id, name, status, version, batch_count, entry_count, credit_cents,
          debit_cents, authors, created_by, created_at, updated_at)
        SELECT organization_id, 'ach_' || n, name, 'rejected', version, 0, 0, 0, 0, authors, created_by, created_at,
          updated_at
        FROM ach_files, counted WHERE id = ${draft.id}`),
    )
    await expect(addDraft(organization, [])).rejects.toMatchObject({ code: 'limit-exceeded' })
    await organization.write(ANNA, (ctx) => cancelAchFile(ctx, draft.id, draft))
    await expect(addDraft(organization, [])).resolves.toMatchObject({ status: 'draft' })
  })

  it('and leaves nothing behind', async () => {
    const organization = await tenants.organization()
    const from = await addBankAccount(organization)
    await refusal([batchOf(from.id, 'rcp_00000000000000000000000000')], organization)
    expect((await organization.read((ctx) => listAchFiles(ctx, {}))).data).toEqual([])
    expect(organization.events.map(({ action }) => action)).not.toContain('achFile.created')
  })
})
