import { expect, test } from 'vitest'
import { returnRateProblems } from './return-rate.ts'

const of = (secCode: string, debitCount: number, returnCounts: Record<string, number>) => ({
  secCode,
  debitCount,
  returnCounts,
})

test('at a level is not past it', () => {
  expect(returnRateProblems([of('WEB', 1_000, { R10: 5, R03: 30, R01: 115 })])).toEqual([])
  expect(returnRateProblems([of('WEB', 1_000, { R10: 6, R03: 31, R01: 116 })])).toEqual([
    'The unauthorized return rate of the company is 0.60 %, the level is 0.5 %',
    'The administrative return rate of the company is 3.10 %, the level is 3 %',
    'The overall return rate of the company is 15.30 %, the level is 15 %',
  ])
})

test('RCK counts for all levels but the overall one', () => {
  const entries = [of('WEB', 900, { R01: 135 }), of('RCK', 100, { R01: 90 })]
  expect(returnRateProblems(entries)).toEqual([])
  expect(returnRateProblems([of('WEB', 900, {}), of('RCK', 100, { R51: 6 })])).toHaveLength(1)
})

test('without debits there is no rate', () => {
  expect(returnRateProblems([])).toEqual([])
  expect(returnRateProblems([of('WEB', 0, {})])).toEqual([])
})
