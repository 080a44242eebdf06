import { RETURN_RATE_LEVELS } from '../return-code.ts'

/** Debits of one SEC code that a company had within the last 60 days, and how many came back, by return code. */
export interface ReturnedDebits {
  readonly secCode: string
  readonly debitCount: number
  readonly returnCounts: Readonly<Record<string, number>>
}

const BASIS_POINTS = 10_000

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** Every level of returned debits that is passed, as a sentence. */
export function returnRateProblems(rows: readonly ReturnedDebits[]): string[] {
  return RETURN_RATE_LEVELS.flatMap(({ level, thresholdBasisPoints, codes, notFor }) => {
    const counted = rows.filter(({ secCode }) => !notFor.includes(secCode))
    const debits = sum(counted.map(({ debitCount }) => debitCount))
    const returned = counted.flatMap(({ returnCounts }) =>
      Object.entries(returnCounts).flatMap(([code, count]) => (codes === null || codes.includes(code) ? [count] : [])),
    )
    if (sum(returned) * BASIS_POINTS <= debits * thresholdBasisPoints) return []
    const rate = ((sum(returned) / debits) * 100).toFixed(2)
    return [`The ${level} return rate of the company is ${rate} %, the level is ${thresholdBasisPoints / 100} %`]
  })
}
