import type { Id } from '@fistworks/contract'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { updateRecipient } from '../recipients/service.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { acknowledging } from '../testing/acknowledging.ts'
import { ANNA, BEN, createTestTenants, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { contentStore } from './content-store.ts'
import { listEntries } from './entries.ts'
import { submitAchFile } from './submit.ts'

let tenants: TestTenants
let ours: TestOrganization
let account: Awaited<ReturnType<typeof addBankAccount>>
let harbor: Awaited<ReturnType<typeof addRecipient>>
let cedar: Awaited<ReturnType<typeof addRecipient>>
beforeAll(async () => {
  tenants = await createTestTenants()
  ours = await tenants.organization()
  account = await addBankAccount(ours)
  harbor = await addRecipient(ours, { name: 'Harbor 24 Rent', accountNumber: '400011112222' })
  cedar = await addRecipient(ours, { name: 'Cedar Stone', accountNumber: '400011113333' })
})
afterAll(() => tenants.close())

const both = () => batchOf(account.id, harbor.id, { entries: [paying(harbor.id, 100), paying(cedar.id, 200)] })
const paying = (recipientId: typeof harbor.id, amountCents: number) => ({ recipientId, amountCents })

async function found(fileId: string, search: string) {
  const { data } = await ours.read((ctx) => listEntries(ctx, fileId, { search }))
  return data.map(({ recipientName, amountCents }) => `${recipientName} ${amountCents}`)
}

describe('the entries of a file', () => {
  it('are found by a part of a name in any case, or by the last four of the account', async () => {
    const { id } = await addDraft(ours, [both(), both()])
    expect(await found(id, 'harbor')).toEqual(['Harbor 24 Rent 100', 'Harbor 24 Rent 100'])
    expect(await found(id, ' 3333 ')).toEqual(['Cedar Stone 200', 'Cedar Stone 200'])
    expect(await found(id, '333')).toEqual([])
    expect(await found(id, '')).toHaveLength(4)
  })

  it('are looked for as they are typed: no character stands for others', async () => {
    const { id } = await addDraft(ours, [both()])
    expect(await found(id, '%')).toEqual([])
    expect(await found(id, 'harbor%rent')).toEqual([])
    expect(await found(id, '_')).toEqual([])
    expect(await found(id, '\\')).toEqual([])
  })

  it('are found wherever they stand in a large file, page after page, while others go first', async () => {
    const { id } = await addDraft(ours, [both(), both()])
    // 2,500 more in the first batch, one in a thousand of them pays somebody else.
    await byHand(tenants.shared).write((tx) =>
      tx.run(sql`INSERT INTO ach_entries (organization_id, ach_file_id, id, batch_position, position, recipient_id,
          amount_cents, direction, addenda)
        WITH RECURSIVE more (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM more WHERE n < 2501)
        SELECT ${ours.id}, ${id}, ${id} || n, 0, n, iif(n % 1000 = 0, ${cedar.id}, ${harbor.id}), n, 'credit', '[]' FROM more`),
    )
    const pages: string[][] = []
    let after: string | null | undefined
    while (after !== null) {
      const page = await ours.read((ctx) =>
        listEntries(ctx, id, { search: 'cedar', limit: 2, ...(after ? { after } : {}) }),
      )
      pages.push(page.data.map(({ amountCents }) => String(amountCents)))
      after = page.nextCursor
    }
    expect(pages).toEqual([
      ['200', '1000'],
      ['2000', '200'],
    ])

    let wentFirst = false
    setImmediate(() => {
      wentFirst = true
    })
    const nothing = await ours.read(({ db }) =>
      contentStore(db, ours.id).page(id as Id<'ach'>, { search: 'nobody' }, null, 10),
    )
    expect([nothing, wentFirst]).toEqual([[], true])
  })

  it('go on a page at a time with the same search only', async () => {
    const { id } = await addDraft(ours, [both(), both(), both()])
    const first = await ours.read((ctx) => listEntries(ctx, id, { search: 'cedar', limit: 2 }))
    expect([first.data.length, first.hasMore]).toEqual([2, true])
    const after = first.nextCursor ?? ''
    const second = await ours.read((ctx) => listEntries(ctx, id, { search: 'cedar', limit: 2, after }))
    expect([second.data.length, second.hasMore]).toEqual([1, false])
    await expect(ours.read((ctx) => listEntries(ctx, id, { search: 'harbor', limit: 2, after }))).rejects.toThrow()
  })

  it('that were paid are found by the name they were paid under', async () => {
    const approved = await addApproved(ours, [both()])
    await ours.write(BEN, (ctx) =>
      acknowledging((acknowledgedDuplicates) =>
        submitAchFile(ctx, approved.id, { ...approved, acknowledgedDuplicates }),
      ),
    )
    await ours.write(ANNA, (ctx) => updateRecipient(ctx, cedar.id, { name: 'Oak Street' }))
    expect(await found(approved.id, 'cedar')).toEqual(['Cedar Stone 200'])
    expect(await found(approved.id, 'oak')).toEqual([])
  })

  it('of another organization are not found', async () => {
    const theirs = await tenants.organization()
    const { id } = await addDraft(ours, [both()])
    await expect(theirs.read((ctx) => listEntries(ctx, id, { search: 'harbor' }))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
