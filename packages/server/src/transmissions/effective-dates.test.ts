import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestTenants, MONDAY, type TestTenants } from '../testing/context.ts'
import { addBankAccount, addBankConnection } from '../testing/payments.ts'
import { effectiveDates } from './effective-dates.ts'

const CUTOFFS = {
  timeZone: 'America/New_York',
  times: [
    { by: '11:00', leadDays: 0 as const },
    { by: '17:00', leadDays: 1 as const },
  ],
}

let tenants: TestTenants
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

describe('the dates that are offered', () => {
  it('begin with the first that can be reached, leave out holidays, and say when the file leaves', async () => {
    const ours = await tenants.organization()
    const { id } = await addBankAccount(ours, await addBankConnection(ours, { cutoffs: CUTOFFS }))
    const { dates } = await ours.read((ctx) => effectiveDates(ctx, id, {}))
    expect(dates).toHaveLength(8)
    expect(dates.slice(0, 4)).toEqual([
      {
        effectiveDate: '2026-11-23',
        leavesAt: MONDAY.toISOString(),
        deliverBy: '2026-11-23T16:00:00.000Z',
        sameDay: true,
        mostPerEntryCents: 100_000_000,
      },
      expect.objectContaining({ effectiveDate: '2026-11-24', leavesAt: MONDAY.toISOString(), sameDay: false }),
      expect.objectContaining({ effectiveDate: '2026-11-25', leavesAt: MONDAY.toISOString() }),
      expect.objectContaining({ effectiveDate: '2026-11-27', leavesAt: '2026-11-24T05:00:00.000Z' }),
    ])
    const debits = await ours.read((ctx) => effectiveDates(ctx, id, { direction: 'debit' }))
    expect(debits.dates[2]).toMatchObject({ effectiveDate: '2026-11-25', leavesAt: '2026-11-24T05:00:00.000Z' })
  })

  it('of another organization’s account are not told', async () => {
    const ours = await tenants.organization()
    const theirs = await tenants.organization()
    const { id } = await addBankAccount(theirs)
    await expect(ours.read((ctx) => effectiveDates(ctx, id, {}))).rejects.toMatchObject({ code: 'not-found' })
  })
})
