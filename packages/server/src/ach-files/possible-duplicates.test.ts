import type { AchFile, Id } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { archiveRecipient, updateRecipient } from '../recipients/service.ts'
import { ANNA, BEN, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approveAchFile, rejectAchFile, requestApproval } from './approval.ts'
import { cancelAchFile } from './cancel.ts'
import { contentStore } from './content-store.ts'
import { duplicatesQuery } from './possible-duplicates.ts'
import { retrieveAchFile } from './service.ts'
import { achFileStore } from './store.ts'
import { submitAchFile } from './submit.ts'

let tenants: TestTenants
let ours: TestOrganization
let account: Awaited<ReturnType<typeof addBankAccount>>
let recipient: Awaited<ReturnType<typeof addRecipient>>
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())
beforeEach(async () => {
  tenants.clock.now = MONDAY
  ours = await tenants.organization()
  account = await addBankAccount(ours)
  recipient = await addRecipient(ours)
})

type Known = { acknowledgedDuplicates?: Id<'ach'>[] }
/** `key` makes the content another one, so that only the likeness is left. */
const paying = (key: string, more: object = {}, amountCents = 5_000, to = recipient.id) =>
  batchOf(account.id, to, { entries: [{ recipientId: to, amountCents, externalId: key }], ...more })
const request = (file: AchFile, known: Known = {}) =>
  ours.write(ANNA, (ctx) => requestApproval(ctx, file.id, { version: file.version, ...known }))
const approve = (file: AchFile, known: Known = {}) =>
  ours.write(BEN, (ctx) => approveAchFile(ctx, file.id, { version: file.version, ...known }))
const submit = (file: AchFile, known: Known = {}) =>
  ours.write(BEN, (ctx) => submitAchFile(ctx, file.id, { version: file.version, ...known }))
const sent = async (key: string, more: object = {}) => submit(await addApproved(ours, [paying(key, more)]))
const isAsked = async (file: AchFile) => {
  const before = await ours.read((ctx) => retrieveAchFile(ctx, file.id))
  try {
    await request(file)
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'possible-duplicate' })
    expect(await ours.read((ctx) => retrieveAchFile(ctx, file.id))).toEqual(before)
    return true
  }
}

describe('a payment that was made before', () => {
  it('is asked about at each step, and goes on where the file is named; that is kept', async () => {
    const first = await sent('a')
    const again = await addDraft(ours, [paying('b')])
    const known = { acknowledgedDuplicates: [first.id] }
    const duplicate = { achFileId: first.id, name: 'Friday', status: 'submitted', entryCount: 1, amountCents: 5_000 }
    await expect(request(again)).rejects.toMatchObject({
      code: 'possible-duplicate',
      message: expect.stringContaining('$50.00'),
      errors: [{ pointer: `/acknowledgedDuplicates/${first.id}`, code: 'possible-duplicate' }],
    })
    const waiting = await request(again, known)
    expect(waiting.possibleDuplicates).toEqual([duplicate])
    await expect(approve(waiting)).rejects.toMatchObject({ code: 'possible-duplicate' })
    const approved = await approve(waiting, known)
    await expect(submit(approved)).rejects.toMatchObject({ code: 'possible-duplicate' })
    const submitted = await submit(approved, known)
    expect(submitted).toMatchObject({ status: 'submitted', possibleDuplicates: [duplicate] })
    expect(ours.events.at(-1)).toMatchObject({ data: { possibleDuplicates: [duplicate] } })
  })

  it('is noticed while it only waits, but not as a draft, rejected or canceled', async () => {
    const waiting = await request(await addDraft(ours, [paying('a')]))
    const again = await addDraft(ours, [paying('b')])
    expect(await isAsked(again)).toBe(true)
    await ours.write(BEN, (ctx) => rejectAchFile(ctx, waiting.id, { version: waiting.version, reason: 'no' }))
    expect(await isAsked(again)).toBe(false)
  })

  it('is not one that was canceled', async () => {
    const first = await sent('a')
    await ours.write(ANNA, (ctx) => cancelAchFile(ctx, first.id, first))
    expect(await isAsked(await addDraft(ours, [paying('b')]))).toBe(false)
  })

  it.each([
    ['three banking days away', { effectiveDate: '2026-12-01' }, true],
    ['four banking days away', { effectiveDate: '2026-12-02' }, false],
    ['in a batch of another kind', { companyEntryDescription: 'OTHER' }, true],
  ])('%s', async (_name, more, asked) => {
    await sent('a', { effectiveDate: '2026-11-25' })
    expect(await isAsked(await addDraft(ours, [paying('b', more)]))).toBe(asked)
  })

  it('is another amount, another direction, another account, or longer ago than thirty days', async () => {
    const first = await sent('a', { effectiveDate: '2026-12-24' })
    const later = { effectiveDate: '2026-12-24' }
    expect(await isAsked(await addDraft(ours, [paying('b', later, 5_001)]))).toBe(false)
    const other = await addRecipient(ours)
    expect(await isAsked(await addDraft(ours, [paying('c', later, 5_000, other.id)]))).toBe(false)
    const debit = { recipientId: recipient.id, amountCents: 5_000, direction: 'debit' as const }
    expect(
      await isAsked(await addDraft(ours, [batchOf(account.id, recipient.id, { ...later, entries: [debit] })])),
    ).toBe(false)
    tenants.clock.now = new Date(Date.parse(first.submittedAt ?? '') + 30 * 86_400_000)
    expect(await isAsked(await addDraft(ours, [paying('d', later)]))).toBe(true)
    tenants.clock.now = new Date(tenants.clock.now.getTime() + 1)
    expect(await isAsked(await addDraft(ours, [paying('e', later)]))).toBe(false)
  })

  it('is found by the account under another name, and by the recipient whose account was changed since', async () => {
    const numbers = { routingNumber: '021000021', accountNumber: '737373737373' }
    const old = await addRecipient(ours, numbers)
    await submit(await addApproved(ours, [paying('a', {}, 5_000, old.id)]))
    await ours.write(ANNA, (ctx) => archiveRecipient(ctx, old.id))
    const same = await addRecipient(ours, { ...numbers, name: 'New name', allowDuplicate: true })
    expect(await isAsked(await addDraft(ours, [paying('b', {}, 5_000, same.id)]))).toBe(true)
    await sent('c')
    const moved = { routingNumber: '021000021', accountNumber: '747474747474' }
    await ours.write(ANNA, (ctx) => updateRecipient(ctx, recipient.id, moved))
    expect(await isAsked(await addDraft(ours, [paying('d')]))).toBe(true)
    const other = await addRecipient(ours, { name: 'Somebody else', ...moved, allowDuplicate: true })
    expect(await isAsked(await addDraft(ours, [paying('e', {}, 5_000, other.id)]))).toBe(false)
  })

  it('of another tenant is told to nobody', async () => {
    const numbers = { routingNumber: '021000021', accountNumber: '757575757575' }
    const theirs = await tenants.organization()
    const payee = await addRecipient(theirs, numbers)
    await addApproved(theirs, [batchOf((await addBankAccount(theirs)).id, payee.id)])
    const mine = await addRecipient(ours, numbers)
    expect(await isAsked(await addDraft(ours, [batchOf(account.id, mine.id)]))).toBe(false)
  })

  it('is looked for by indexes: recipient and amount, never through all that was paid', async () => {
    const again = await addDraft(ours, [paying('b')])
    const plan = await ours.read(async (ctx) => {
      const file = await achFileStore(ctx.db, ctx.organizationId).find(again.id)
      if (file === undefined) throw new Error('It is not there.')
      const [batch] = await contentStore(ctx.db, ctx.organizationId).batches(file.id)
      if (batch === undefined) throw new Error('It has no batch.')
      return ctx.db.all<{ detail: string }>(sql`EXPLAIN QUERY PLAN ${duplicatesQuery(ctx, file.id, batch, 0)}`)
    })
    const steps = plan.map(({ detail }) => detail)
    expect(steps).toContainEqual(
      expect.stringMatching(
        /SEARCH o .*ach_entries_recipient \(organization_id=\? AND recipient_id=\? AND amount_cents=\? AND direction=\?\)/,
      ),
    )
    expect(steps).toContainEqual(expect.stringMatching(/SEARCH s .*recipients_account/))
    expect(steps.filter((step) => /^SCAN (?!same|CONSTANT)/.test(step))).toEqual([])
  })
})
