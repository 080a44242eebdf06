import type { Id, ReturnRate, ReturnRateLevel, ReturnRates } from '@fistworks/contract'
import { RETURN_RATE_LEVELS } from '@fistworks/nacha'
import { and, eq, gt, isNull, notInArray, sql } from 'drizzle-orm'
import { achBatches, achEntries, achFiles } from '../ach-files/table.ts'
import { bankAccounts } from '../bank-accounts/table.ts'
import type { Reader } from '../storage/transaction.ts'
import { returns } from './table.ts'

const WINDOW_MS = 60 * 24 * 3_600_000
/** A warning comes at this part of a threshold. */
const WARNING_PERCENT = 80
const BASIS_POINTS = 10_000

/** What is counted of one bank account and SEC code. */
export interface CountedDebits {
  bankAccountId: Id<'bac'>
  secCode: string
  debitCount: number
  returnCounts: Map<string, number>
}

/** Every level of one bank account and SEC code, as it is reached. */
export function levelsOf({
  secCode,
  debitCount,
  returnCounts,
}: Omit<CountedDebits, 'bankAccountId'>): ReturnRateLevel[] {
  return RETURN_RATE_LEVELS.filter(({ notFor }) => !notFor.includes(secCode)).map((row) => {
    const { level, thresholdBasisPoints, codes } = row
    const counted = [...returnCounts].filter(([code]) => codes === null || codes.includes(code))
    const returnedCount = counted.reduce((sum, [, count]) => sum + count, 0)
    const share = returnedCount * BASIS_POINTS
    const bound = debitCount * thresholdBasisPoints
    const isNear = returnedCount > 0 && share * 100 >= bound * WARNING_PERCENT
    return {
      level,
      thresholdBasisPoints,
      codes: codes === null ? null : [...codes],
      returnedCount,
      basisPoints: debitCount === 0 ? null : Math.floor(share / debitCount),
      state: share > bound ? 'exceeded' : isNear ? 'warning' : 'fine',
    }
  })
}

/** The rates of the 60 days before `now`. */
export async function returnRates(db: Reader, organizationId: Id<'org'>, now: Date): Promise<ReturnRates> {
  const from = new Date(now.getTime() - WINDOW_MS).toISOString()
  const accounts = await db
    .select({ id: bankAccounts.id, companyName: bankAccounts.companyName })
    .from(bankAccounts)
    .where(eq(bankAccounts.organizationId, organizationId))
  const nameOf = new Map(accounts.map(({ id, companyName }) => [id, companyName]))
  const rates = (await countedDebits(db, organizationId, from)).map(
    (counted): ReturnRate => ({
      bankAccountId: counted.bankAccountId,
      companyName: nameOf.get(counted.bankAccountId) ?? '',
      secCode: counted.secCode,
      debitCount: counted.debitCount,
      returnCounts: [...counted.returnCounts].map(([code, count]) => ({ code, count })),
      levels: levelsOf(counted),
    }),
  )
  return { type: 'returnRates', from, until: now.toISOString(), rates }
}

const ofBatch = and(
  eq(achBatches.organizationId, achEntries.organizationId),
  eq(achBatches.achFileId, achEntries.achFileId),
  eq(achBatches.position, achEntries.batchPosition),
)
const ofFile = and(eq(achFiles.organizationId, achEntries.organizationId), eq(achFiles.id, achEntries.achFileId))

async function countedDebits(db: Reader, organizationId: Id<'org'>, from: string): Promise<CountedDebits[]> {
  const found = new Map<string, CountedDebits>()
  const of = (bankAccountId: Id<'bac'>, secCode: string) => {
    const key = `${bankAccountId} ${secCode}`
    const known = found.get(key) ?? { bankAccountId, secCode, debitCount: 0, returnCounts: new Map() }
    found.set(key, known)
    return known
  }
  const count = sql<number>`count(*)`
  const { bankAccountId, secCode } = achBatches
  const debits = await db
    .select({ bankAccountId, secCode, count })
    .from(achEntries)
    .innerJoin(achBatches, ofBatch)
    .innerJoin(achFiles, ofFile)
    .where(
      and(
        eq(achEntries.organizationId, organizationId),
        eq(achEntries.direction, 'debit'),
        gt(achFiles.submittedAt, from),
        notInArray(achFiles.status, ['failed', 'canceled']),
      ),
    )
    .groupBy(bankAccountId, secCode)
  for (const row of debits) of(row.bankAccountId, row.secCode).debitCount = row.count
  const returned = await db
    .select({ bankAccountId, secCode, code: returns.code, count })
    .from(returns)
    .innerJoin(
      achEntries,
      and(eq(achEntries.organizationId, returns.organizationId), eq(achEntries.id, returns.entryId)),
    )
    .innerJoin(achBatches, ofBatch)
    .where(
      and(
        eq(returns.organizationId, organizationId),
        eq(returns.kind, 'return'),
        isNull(returns.repeats),
        gt(returns.receivedAt, from),
        eq(achEntries.direction, 'debit'),
      ),
    )
    .groupBy(bankAccountId, secCode, returns.code)
    .orderBy(returns.code)
  for (const row of returned) of(row.bankAccountId, row.secCode).returnCounts.set(row.code, row.count)
  return [...found.values()].toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
}

const keyOf = ({ bankAccountId, secCode }: CountedDebits) => `${bankAccountId} ${secCode}`
