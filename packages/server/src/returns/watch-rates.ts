import type { Id } from '@fistworks/contract'
import { and, eq } from 'drizzle-orm'
import { recordEvent } from '../events/record-event.ts'
import type { Landing } from '../inbound-files/landing.ts'
import { returnRates } from './rates.ts'
import { returnRateWarnings } from './table.ts'

type Warning = Omit<typeof returnRateWarnings.$inferSelect, 'organizationId'>

/**
 * Tells once of each rate that has come near its threshold, and forgets those that are far from it again. Called before
 * and after a file is taken over, so that a rate that fell meanwhile is told again when it rises.
 */
export async function watchRates({ tx, organizationId, now }: Landing): Promise<void> {
  const { rates } = await returnRates(tx, organizationId, now)
  const mine = eq(returnRateWarnings.organizationId, organizationId)
  const known = await tx.select().from(returnRateWarnings).where(mine)
  const near = rates.flatMap(({ bankAccountId, secCode, companyName, levels }) =>
    levels
      .filter(({ state }) => state !== 'fine')
      .map((reached) => ({ bankAccountId, secCode, companyName, ...reached, since: now.toISOString() })),
  )
  for (const warning of known) {
    if (near.some((one) => isSame(one, warning))) continue
    const { bankAccountId, secCode, level } = returnRateWarnings
    await tx
      .delete(returnRateWarnings)
      .where(
        and(mine, eq(bankAccountId, warning.bankAccountId), eq(secCode, warning.secCode), eq(level, warning.level)),
      )
  }
  for (const one of near) {
    if (known.some((warning) => isSame(one, warning))) continue
    const { bankAccountId, secCode, level, since } = one
    await tx.insert(returnRateWarnings).values({ organizationId, bankAccountId, secCode, level, since })
    await recordEvent(tx, organizationId, {
      type: 'returnRate.warning',
      objectType: 'bankAccount',
      objectId: bankAccountId satisfies Id<'bac'>,
      status: one.state,
      at: now,
      about: {
        name: one.companyName,
        secCode,
        level,
        count: one.returnedCount,
        basisPoints: one.basisPoints,
        thresholdBasisPoints: one.thresholdBasisPoints,
      },
    })
  }
}

function isSame(
  a: Pick<Warning, 'bankAccountId' | 'secCode' | 'level'>,
  b: Pick<Warning, 'bankAccountId' | 'secCode' | 'level'>,
): boolean {
  return a.bankAccountId === b.bankAccountId && a.secCode === b.secCode && a.level === b.level
}
