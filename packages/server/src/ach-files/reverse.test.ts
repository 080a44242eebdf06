import { type AchFile, AchFileReversal, TemplateCreate } from '@fistworks/contract'
import { decodeFile } from '@fistworks/nacha'
import * as z from 'zod/mini'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateBankAccount } from '../bank-accounts/service.ts'
import { archiveRecipient, updateRecipient } from '../recipients/service.ts'
import { createTemplate } from '../templates/service.ts'
import { ANNA, BEN, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addBankConnection, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approveAchFile, requestApproval } from './approval.ts'
import { cancelAchFile } from './cancel.ts'
import { generatedFile, onFileProgress } from './delivery.ts'
import { reverseAchFile } from './reverse.ts'
import { retrieveAchFile, updateAchFile } from './service.ts'
import { submitAchFile } from './submit.ts'

let tenants: TestTenants
let ours: TestOrganization
let account: Awaited<ReturnType<typeof addBankAccount>>
let jane: Awaited<ReturnType<typeof addRecipient>>
let acme: Awaited<ReturnType<typeof addRecipient>>
const JANES = { routingNumber: '021000021', accountNumber: '808080808080' }
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())
beforeEach(async () => {
  tenants.clock.now = MONDAY
  ours = await tenants.organization()
  account = await addBankAccount(ours)
  acme = await addRecipient(ours)
  jane = await addRecipient(ours, { name: 'Jane Doe', holderType: 'individual', accountType: 'savings', ...JANES })
})

const read = (id: string) => ours.read((ctx) => retrieveAchFile(ctx, id))
const submit = (file: AchFile) => ours.write(BEN, (ctx) => submitAchFile(ctx, file.id, { version: file.version }))
const at = (text: string) => {
  tenants.clock.now = new Date(text)
}

/** Wages and bills, both directions, at the bank since Monday; it takes effect on Tuesday. */
async function delivered(): Promise<AchFile> {
  const wages = { secCode: 'PPD' as const, companyEntryDescription: 'PAYROLL' }
  const approved = await addApproved(ours, [
    batchOf(account.id, jane.id, { ...wages, entries: [{ recipientId: jane.id, amountCents: 250_000 }] }),
    batchOf(account.id, acme.id, {
      entries: [
        { recipientId: acme.id, amountCents: 199, addenda: ['INV 1001'] },
        { recipientId: acme.id, amountCents: 77, direction: 'debit' },
        { recipientId: acme.id, amountCents: 555 },
      ],
    }),
  ])
  const { id } = await submit(approved)
  await ours.storage.write((tx) => onFileProgress(tx, ours.id, id, 'delivered', tenants.clock.now.toISOString()))
  return read(id)
}

const reverse = (file: AchFile, more: Partial<AchFileReversal> = {}, by = ANNA) =>
  ours.write(by, (ctx) =>
    reverseAchFile(
      ctx,
      file.id,
      z.parse(AchFileReversal, {
        version: file.version,
        reason: 'duplicate',
        discoveredAt: tenants.clock.now.toISOString(),
        ...more,
      }),
    ),
  )

async function released(draft: AchFile): Promise<AchFile> {
  const waiting = await ours.write(ANNA, (ctx) => requestApproval(ctx, draft.id, { version: draft.version }))
  return submit(await ours.write(BEN, (ctx) => approveAchFile(ctx, waiting.id, { version: waiting.version })))
}

async function entriesOf(id: string) {
  const { file } = decodeFile(await ours.read((ctx) => generatedFile(ctx.db, ctx.vault, ours.id, id)))
  if (file === null) throw new Error('It is not a file.')
  return file.batches.map(({ header, entries }) => ({
    description: header.companyEntryDescription,
    date: header.effectiveEntryDate,
    entries: [...entries].map(({ transactionCode, routingNumber, accountNumber, amountCents, traceNumber }) => ({
      transactionCode,
      routingNumber,
      accountNumber: accountNumber.trim(),
      amountCents,
      traceNumber,
    })),
  }))
}

const ids = (file: AchFile) => file.batches.flatMap(({ entries }) => entries.map(({ id }) => id))

describe('a reversal', () => {
  it('takes every amount back from the account that was paid, whatever the recipient has by now', async () => {
    const original = await delivered()
    const paid = await entriesOf(original.id)
    const moved = { routingNumber: '021000021', accountNumber: '919191919191' }
    await ours.write(ANNA, (ctx) => updateRecipient(ctx, jane.id, moved))
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, acme.id))
    const draft = await reverse(original)
    expect(draft).toMatchObject({
      status: 'draft',
      kind: 'reversal',
      reverses: original.id,
      reversalReason: 'duplicate',
      totals: { entryCount: 4, creditCents: 77, debitCents: 250_754 },
    })
    expect(draft.batches[0]).toMatchObject({
      companyEntryDescription: 'REVERSAL',
      effectiveDate: '2026-11-24',
      entries: [{ recipientName: 'Jane Doe', accountNumberLast4: '8080', direction: 'debit', amountCents: 250_000 }],
    })
    expect((await read(original.id)).reversedBy).toEqual([draft.id])
    const submitted = await released(draft)
    const [wages, collected, bills] = await entriesOf(submitted.id)
    expect([wages, bills, collected].map((batch) => [batch?.description, batch?.date])).toEqual([
      ['REVERSAL', '2026-11-24'],
      ['REVERSAL', '2026-11-24'],
      ['REVERSAL', '2026-11-24'],
    ])
    const trace = (sequence: number) => `12104288${String(sequence).padStart(7, '0')}`
    expect(wages?.entries).toEqual([
      { ...paid[0]?.entries[0], transactionCode: 37, accountNumber: JANES.accountNumber, traceNumber: trace(5) },
    ])
    expect(bills?.entries.map(({ transactionCode, amountCents }) => [transactionCode, amountCents])).toEqual([
      [27, 199],
      [27, 555],
    ])
    expect(collected?.entries).toEqual([{ ...paid[1]?.entries[1], transactionCode: 22, traceNumber: trace(6) }])
    const traces = submitted.batches.flatMap(({ entries }) => entries.map(({ traceNumber }) => traceNumber))
    expect(traces).toEqual([trace(5), trace(6), trace(7), trace(8)])
    expect(submitted.batches[0]?.entries[0]).toMatchObject({ accountNumberLast4: '8080' })
    const told = await ours.storage.read.all<{ id: string }>(
      sql`SELECT object_id AS id FROM events WHERE organization_id = ${ours.id} AND type = 'achFile.reversed'`,
    )
    expect(told).toEqual([{ id: original.id }])
  })

  it('of many entries is made in a thread of its own, and is the same', async () => {
    const entries = Array.from({ length: 2_003 }, (_, index) => ({
      recipientId: acme.id,
      amountCents: index + 1,
      direction: index % 3 === 0 ? ('debit' as const) : ('credit' as const),
    }))
    const { id } = await submit(await addApproved(ours, [batchOf(account.id, acme.id, { entries })]))
    await ours.storage.write((tx) => onFileProgress(tx, ours.id, id, 'delivered', tenants.clock.now.toISOString()))
    const submitted = await released(await reverse(await read(id)))
    const [collected, paid] = await entriesOf(submitted.id)
    const amountsOf = (direction: string) =>
      entries.filter((entry) => entry.direction === direction).map(({ amountCents }) => amountCents)
    expect(collected?.entries.map(({ amountCents }) => amountCents)).toEqual(amountsOf('debit'))
    expect(paid?.entries.map(({ amountCents }) => amountCents)).toEqual(amountsOf('credit'))
    const sent = [collected, paid].flatMap((batch) => batch?.entries ?? [])
    const traces = sent.map((_, index) => `12104288${String(2_004 + index).padStart(7, '0')}`)
    expect(sent.map(({ traceNumber }) => traceNumber)).toEqual(traces)
    const kept = await ours.storage.read.all<{ trace: string }>(sql`SELECT trace_number AS trace FROM ach_entries
      WHERE organization_id = ${ours.id} AND ach_file_id = ${submitted.id} ORDER BY batch_position, position`)
    expect(kept.map(({ trace }) => trace)).toEqual(traces)
  })

  it('of named entries leaves the others; none is taken back twice, and what was canceled can be made anew', async () => {
    const original = await delivered()
    const [, bill, debit] = ids(original)
    const some = await reverse(original, { entryIds: [bill, debit] as AchFileReversal['entryIds'] })
    expect(some.totals).toMatchObject({ entryCount: 2, debitCents: 199, creditCents: 77 })
    const again = { entryIds: [bill] as AchFileReversal['entryIds'] }
    await expect(reverse(original, again)).rejects.toMatchObject({
      errors: [{ pointer: '/entryIds/0', code: 'reversed' }],
    })
    expect((await reverse(original)).totals.entryCount).toBe(2)
    await expect(reverse(original)).rejects.toMatchObject({ code: 'state-conflict' })
    await ours.write(ANNA, (ctx) => cancelAchFile(ctx, some.id, some))
    expect((await reverse(original, again)).totals.entryCount).toBe(1)
    const strange = { entryIds: ['ent_01m7yrd1hcechv6nb2ne0f5e97'] as AchFileReversal['entryIds'] }
    await expect(reverse(original, strange)).rejects.toMatchObject({ errors: [{ code: 'not-found' }] })
  })

  it('two at once take each entry back once', async () => {
    const original = await delivered()
    const both = await Promise.allSettled([reverse(original), reverse(original)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('needs another person', async () => {
    const draft = await reverse(await delivered())
    const waiting = await ours.write(ANNA, (ctx) => requestApproval(ctx, draft.id, { version: draft.version }))
    await expect(
      ours.write(ANNA, (ctx) => approveAchFile(ctx, waiting.id, { version: waiting.version })),
    ).rejects.toMatchObject({ code: 'second-person-required' })
    expect((await ours.write(ANNA, (ctx) => cancelAchFile(ctx, waiting.id, waiting))).status).toBe('canceled')
  })

  it('is refused to be edited, and a reversal is not reversed', async () => {
    const draft = await reverse(await delivered())
    await expect(
      ours.write(ANNA, (ctx) => updateAchFile(ctx, draft.id, { version: draft.version, batches: [] })),
    ).rejects.toMatchObject({ code: 'state-conflict' })
    await expect(reverse(draft)).rejects.toMatchObject({ code: 'state-conflict' })
  })

  it('is in time until five banking days after settlement, and 24 hours after it was noticed', async () => {
    const original = await delivered()
    // It settles on Tuesday the 24th; Thanksgiving and a weekend do not count.
    at('2026-11-30T15:00:00Z')
    expect(
      (await reverse(original, { entryIds: ids(original).slice(0, 1) as AchFileReversal['entryIds'] })).status,
    ).toBe('draft')
    at('2026-12-02T15:00:00Z')
    await expect(reverse(original)).rejects.toMatchObject({ message: expect.stringContaining('2026-12-02') })
    at('2026-11-25T15:00:00Z')
    await expect(reverse(original, { discoveredAt: '2026-11-24T14:59:59.999Z' })).rejects.toMatchObject({
      message: expect.stringContaining('24 hours'),
    })
    await expect(reverse(original, { discoveredAt: '2026-11-25T15:00:01Z' })).rejects.toMatchObject({
      message: expect.stringContaining('future'),
    })
    expect((await reverse(original, { discoveredAt: '2026-11-24T15:00:00Z' })).status).toBe('draft')
  })

  it('was noticed now when nothing else is said', async () => {
    const { id, version } = await delivered()
    at('2026-11-25T15:00:00Z')
    const reversal = await ours.write(ANNA, (ctx) => reverseAchFile(ctx, id, { version, reason: 'duplicate' }))
    at('2026-11-26T15:00:01Z')
    await expect(released(reversal)).rejects.toMatchObject({ message: expect.stringContaining('24 hours') })
  })

  it('that waited too long after it was noticed is not sent', async () => {
    const draft = await reverse(await delivered())
    const waiting = await ours.write(ANNA, (ctx) => requestApproval(ctx, draft.id, { version: draft.version }))
    const approved = await ours.write(BEN, (ctx) => approveAchFile(ctx, waiting.id, { version: waiting.version }))
    at('2026-11-24T15:00:01Z')
    await expect(submit(approved)).rejects.toMatchObject({ message: expect.stringContaining('24 hours') })
    expect((await read(approved.id)).generated).toBeNull()
  })

  it.each(['failed', 'needsAttention'] as const)('of what is %s by now is not sent', async (status) => {
    const original = await delivered()
    const draft = await reverse(original)
    const now = tenants.clock.now.toISOString()
    await ours.storage.write((tx) => onFileProgress(tx, ours.id, original.id, status, now))
    await expect(released(draft)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('only what the bank has paid can be taken back'),
    })
    expect((await read(draft.id)).generated).toBeNull()
  })

  it('goes to the bank of its original and to no other, wherever the account is by now', async () => {
    const draft = await reverse(await delivered())
    const elsewhere = await addBankConnection(ours, { immediateDestination: '091000019' })
    await ours.write(ANNA, (ctx) => updateBankAccount(ctx, account.id, { bankConnectionId: elsewhere }))
    await expect(released(draft)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('another bank than the original'),
    })
    expect((await read(draft.id)).generated).toBeNull()
  })

  it('has a reason that fits, and a file that the bank has', async () => {
    const original = await delivered()
    await expect(reverse(original, { reason: 'wagesPaidByCheck' })).rejects.toMatchObject({
      errors: [{ pointer: '/reason' }],
    })
    const wages = ids(original).slice(0, 1) as AchFileReversal['entryIds']
    expect((await reverse(original, { reason: 'wagesPaidByCheck', entryIds: wages })).totals.entryCount).toBe(1)
    const bill = { entries: [{ recipientId: acme.id, amountCents: 4_321 }] }
    const unsent = await submit(await addApproved(ours, [batchOf(account.id, acme.id, bill)]))
    await expect(reverse(unsent)).rejects.toMatchObject({ code: 'state-conflict' })
  })

  it('is made of what was sent only: neither a draft nor a template calls itself one', async () => {
    const reversal = await reverse(await delivered())
    const refused = {
      errors: [{ pointer: expect.stringContaining('/companyEntryDescription'), code: 'reserved-word' }],
    }
    const byHand = batchOf(account.id, acme.id, { companyEntryDescription: 'Reversal ' })
    await expect(addDraft(ours, [byHand])).rejects.toMatchObject(refused)
    const template = z.parse(TemplateCreate, { name: 'Back', achFileId: reversal.id })
    await expect(ours.write(ANNA, (ctx) => createTemplate(ctx, template))).rejects.toMatchObject({
      errors: expect.arrayContaining([expect.objectContaining({ code: 'reserved-word' })]),
    })
  })

  it('of another tenant is not found', async () => {
    const original = await delivered()
    const theirs = await tenants.organization()
    const input = { version: original.version, reason: 'duplicate' as const, discoveredAt: MONDAY.toISOString() }
    await expect(theirs.write(ANNA, (ctx) => reverseAchFile(ctx, original.id, input))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
