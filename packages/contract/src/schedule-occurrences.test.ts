import { isBankingDay } from '@fistworks/nacha'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ScheduleTerms, scheduleOccurrences } from './schedule-occurrences.ts'
import { ScheduleRule } from './schedule-rule.ts'

const DAY_MS = 86_400_000
const UNTIL = '2031-12-31'

const terms = (rule: ScheduleRule, startsOn: string, roll: 'before' | 'after' = 'before'): ScheduleTerms => ({
  rule,
  startsOn,
  roll,
  leadDays: 3,
})

function until(schedule: ScheduleTerms, end = UNTIL) {
  const found = []
  for (const each of scheduleOccurrences(schedule)) {
    if (each.dueOn > end) return found
    found.push(each)
  }
  throw new Error('the generator never ends')
}
function first(schedule: ScheduleTerms, count: number, after: string | null = null) {
  const found = []
  for (const each of scheduleOccurrences(schedule, after)) {
    found.push(each)
    if (found.length === count) break
  }
  return found
}

/** Every civil day of the years, by a clock of milliseconds alone. */
const DAYS = Array.from({ length: (Date.UTC(2032, 0) - Date.UTC(2026, 0)) / DAY_MS }, (_, index) =>
  new Date(Date.UTC(2026, 0) + index * DAY_MS).toISOString().slice(0, 10),
)
const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
const isLastDay = (date: string) => new Date(Date.parse(date) + DAY_MS).toISOString().slice(8, 10) === '01'
const isDay = (date: string, day: number) =>
  Number(date.slice(8)) === day || (isLastDay(date) && Number(date.slice(8)) < day)

/** Asks each day whether it is due, without any calendar arithmetic of the module. */
function isDue(date: string, { rule, startsOn }: ScheduleTerms): boolean {
  if (date < startsOn) return false
  if (rule.frequency === 'weekly')
    return ((Date.parse(date) - Date.parse(startsOn)) / DAY_MS) % (7 * rule.everyWeeks) === 0
  if (rule.frequency === 'semiMonthly') return rule.days.some((day) => isDay(date, day))
  if (monthsBetween(startsOn, date) % rule.everyMonths !== 0) return false
  if (rule.frequency === 'monthly') return isDay(date, rule.day)
  const open = DAYS.filter((day) => day.slice(0, 7) === date.slice(0, 7) && isBankingDay(day))
  return date === (rule.nth === 'last' ? open.at(-1) : open[rule.nth - 1])
}

const days = fc
  .tuple(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }))
  .filter((pair) => ScheduleRule.safeParse({ frequency: 'semiMonthly', days: pair }).success)
const everyMonths = fc.integer({ min: 1, max: 12 })
const rules: fc.Arbitrary<ScheduleRule> = fc.oneof(
  fc.record({
    frequency: fc.constant('weekly' as const),
    everyWeeks: fc.constantFrom(1 as const, 2 as const, 4 as const),
  }),
  fc.record({ frequency: fc.constant('semiMonthly' as const), days }),
  fc.record({ frequency: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }), everyMonths }),
  fc.record({
    frequency: fc.constant('monthlyBankingDay' as const),
    nth: fc.oneof(fc.constant('last' as const), fc.integer({ min: 1, max: 15 })),
    everyMonths,
  }),
)

test('against a recount day by day: none is missing, none comes twice, each is on a banking day', () => {
  fc.assert(
    fc.property(
      rules,
      fc.constantFrom(...DAYS.slice(0, -40)),
      fc.constantFrom('before' as const, 'after' as const),
      (rule, startsOn, roll) => {
        const schedule = terms(rule, startsOn, roll)
        const found = until(schedule)
        expect(found.map(({ dueOn }) => dueOn)).toEqual(DAYS.filter((date) => isDue(date, schedule)))
        expect(new Set(found.map(({ paysOn }) => paysOn)).size).toBe(found.length)
        for (const { dueOn, paysOn, reason, makesFileOn } of found) {
          expect(isBankingDay(paysOn)).toBe(true)
          expect(isBankingDay(makesFileOn) && makesFileOn < paysOn).toBe(true)
          const between = DAYS.filter((date) =>
            roll === 'before' ? date > paysOn && date <= dueOn : date >= dueOn && date < paysOn,
          )
          expect(roll === 'before' ? paysOn <= dueOn : paysOn >= dueOn).toBe(true)
          expect(between.every((date) => !isBankingDay(date))).toBe(true)
          expect(reason === null).toBe(paysOn === dueOn)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('going on after any date gives what comes after it', () => {
  fc.assert(
    fc.property(
      rules,
      fc.constantFrom(...DAYS.slice(0, 700)),
      fc.integer({ min: 0, max: 30 }),
      (rule, startsOn, skipped) => {
        const schedule = terms(rule, startsOn)
        const all = first(schedule, skipped + 5)
        const after = skipped === 0 ? null : (all[skipped - 1]?.dueOn ?? null)
        expect(first(schedule, 5, after)).toEqual(all.slice(skipped))
      },
    ),
    { numRuns: 200 },
  )
})

test('the last banking day of every month from 2026 to 2030', () => {
  const found = until(
    terms({ frequency: 'monthlyBankingDay', nth: 'last', everyMonths: 1 }, '2026-01-01'),
    '2030-12-31',
  )
  const byHand = DAYS.filter((date, index) => {
    const rest = DAYS.slice(index + 1).filter((other) => other.slice(0, 7) === date.slice(0, 7))
    return date < '2031' && isBankingDay(date) && !rest.some((other) => isBankingDay(other))
  })
  expect(found.map(({ paysOn }) => paysOn)).toEqual(byHand)
  expect(found).toHaveLength(60)
})

describe('the words of a moved payment', () => {
  test.each([
    ['2026-11-26', 'before', '2026-11-25', 'Thanksgiving Day: Wednesday before'],
    ['2026-11-26', 'after', '2026-11-27', 'Thanksgiving Day: Friday after'],
    ['2027-07-04', 'before', '2027-07-02', 'Sunday: Friday before'],
    ['2027-07-04', 'after', '2027-07-06', 'Sunday: Tuesday after'],
    ['2026-07-03', 'before', '2026-07-03', null],
  ] as const)('%s rolled %s pays on %s', (startsOn, roll, paysOn, reason) => {
    expect(first(terms({ frequency: 'weekly', everyWeeks: 1 }, startsOn, roll), 1)).toMatchObject([{ paysOn, reason }])
  })
})

describe('two days of a month', () => {
  test.each([
    [[15, 31], true],
    [[1, 15], true],
    [[1, 31], false],
    [[31, 15], false],
    [[15, 18], false],
    [[15, 19], true],
    [[26, 31], false],
    [[24, 31], true],
  ])('%s: %s', (pair, isValid) => {
    expect(ScheduleRule.safeParse({ frequency: 'semiMonthly', days: pair }).success).toBe(isValid)
  })
})
