import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addBankingDays,
  bankingDayOnOrAfter,
  bankingDayOnOrBefore,
  bankingDaysBetween,
  isBankingDay,
  nextBankingDay,
} from './banking-day.ts'
import { addDays } from './calendar/day-number.ts'
import { civilDate, fromSixDigits, isCivilDate, toSixDigits } from './civil-date.ts'
import { holidayName, holidaysOf } from './holidays.ts'

/** The Federal Reserve's published table: month-day of each holiday that closes a weekday. */
const HOLIDAYS: Readonly<Record<number, { days: string; bankingDays: number }>> = {
  2026: { days: '01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25', bankingDays: 251 },
  2027: { days: '01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25', bankingDays: 252 },
  2028: { days: '01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-23 12-25', bankingDays: 251 },
  2029: { days: '01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25', bankingDays: 250 },
  2030: { days: '01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25', bankingDays: 250 },
  2031: { days: '01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25', bankingDays: 250 },
}

function daysOf(year: number): string[] {
  const days: string[] = []
  for (let month = 1; month <= 12; month++) {
    for (let day = 1; day <= 31; day++)
      if (isCivilDate(civilDate(year, month, day))) days.push(civilDate(year, month, day))
  }
  return days
}

describe.each(Object.entries(HOLIDAYS))('%s', (year, { days, bankingDays }) => {
  test('closes on the holidays of the published table and on no other weekday', () => {
    expect(daysOf(Number(year)).filter((day) => holidayName(day))).toEqual(
      days.split(' ').map((day) => `${year}-${day}`),
    )
  })

  test('lists them in order', () => {
    expect(holidaysOf(Number(year)).map(({ date }) => date)).toEqual(days.split(' ').map((day) => `${year}-${day}`))
  })

  test('is open on every other weekday, and on no weekend', () => {
    const closed = new Set(days.split(' ').map((day) => `${year}-${day}`))
    for (const day of daysOf(Number(year))) {
      // The engine's own calendar, not ours.
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
      expect(isBankingDay(day), day).toBe(weekday !== 0 && weekday !== 6 && !closed.has(day))
    }
  })

  test(`has ${bankingDays} banking days`, () => {
    expect(daysOf(Number(year)).filter(isBankingDay)).toHaveLength(bankingDays)
  })
})

test.each(['2026-07-03', '2027-06-18', '2027-12-24', '2027-12-31', '2028-11-10'])(
  '%s is a banking day: a holiday on a Saturday is not moved to Friday',
  (day) => {
    expect(isBankingDay(day)).toBe(true)
  },
)

test('a holiday on a Sunday is kept on Monday, under its name', () => {
  expect(holidayName('2027-07-05')).toBe('Independence Day')
  expect(holidayName('2027-07-04')).toBeNull()
})

test('banking days are counted over weekends and holidays, in both directions', () => {
  expect(nextBankingDay('2026-11-25')).toBe('2026-11-27')
  expect(addBankingDays('2026-11-27', 1)).toBe('2026-11-30')
  expect(addBankingDays('2026-11-28', 0)).toBe('2026-11-28')
  expect(addBankingDays('2026-11-30', -2)).toBe('2026-11-25')
  expect(addBankingDays('2027-12-31', 1)).toBe('2028-01-03')
  expect(addBankingDays('2028-02-28', 1)).toBe('2028-02-29')
})

test('what is no date throws and says so', () => {
  expect(() => isBankingDay('2027-02-29')).toThrow("'2027-02-29' is not a date of the form YYYY-MM-DD")
  expect(() => addBankingDays('2026-11-20', 0.5)).toThrow(RangeError)
})

test('a holiday closes the banks from the year it was made one', () => {
  expect(holidayName('2020-06-19')).toBeNull()
  expect(holidayName('2023-06-19')).toBe('Juneteenth National Independence Day')
  expect(holidayName('1985-01-21')).toBeNull()
  expect(holidayName('1986-01-20')).toBe('Martin Luther King, Jr. Day')
  expect(() => holidaysOf(1979)).toThrow('1979 is not a year from 1980 on')
})

test('a day that is closed moves to the banking day wanted, an open one stays', () => {
  expect(bankingDayOnOrAfter('2026-11-26')).toBe('2026-11-27')
  expect(bankingDayOnOrBefore('2026-11-26')).toBe('2026-11-25')
  expect(bankingDayOnOrAfter('2026-11-25')).toBe('2026-11-25')
  expect(bankingDayOnOrBefore('2026-11-25')).toBe('2026-11-25')
})

test('banking days between two days leave out the first and count the last', () => {
  expect(bankingDaysBetween('2026-11-25', '2026-11-27')).toBe(1)
  expect(bankingDaysBetween('2026-11-27', '2026-11-25')).toBe(-1)
  expect(bankingDaysBetween('2026-11-28', '2026-11-29')).toBe(0)
  expect(bankingDaysBetween('2025-12-31', '2026-12-31')).toBe(251)
  expect(() => bankingDaysBetween('1900-01-01', '2026-01-01')).toThrow('more than 100 years apart')
})

test('counting leaves the calendar with an error, not with a date that is none', () => {
  expect(() => addBankingDays('9999-12-31', 1)).toThrow('leave the calendar')
  expect(() => addBankingDays('0000-01-02', -5)).toThrow('leave the calendar')
})

const day = fc.integer({ min: 0, max: 36_500 }).map((count) => addDays('2000-01-01', count))
const bankingDay = day.map(bankingDayOnOrAfter)
const count = fc.integer({ min: -600, max: 600 })

test('n banking days there and n back lead to the day one started from', () => {
  fc.assert(fc.property(bankingDay, count, (from, n) => addBankingDays(addBankingDays(from, n), -n) === from))
})

test('a later day never reaches an earlier one, a greater count never an earlier day', () => {
  fc.assert(
    fc.property(day, day, count, count, (a, b, n, m) => {
      const [early, late] = a < b ? [a, b] : [b, a]
      expect(addBankingDays(early, n) <= addBankingDays(late, n)).toBe(true)
      const [few, many] = n < m ? [n, m] : [m, n]
      // 0 stays on a closed day, which lies between the banking days around it.
      expect(addBankingDays(a, few) <= addBankingDays(a, many)).toBe(true)
    }),
  )
})

test('the banking days between a day and the n-th after it are n', () => {
  fc.assert(fc.property(day, count, (from, n) => bankingDaysBetween(from, addBankingDays(from, n)) === n))
})

test('every n-th banking day is one', () => {
  fc.assert(fc.property(day, count, (from, n) => n === 0 || isBankingDay(addBankingDays(from, n))))
})

test('two digits of a year are 2000 to 2099', () => {
  expect(fromSixDigits('991231')).toBe('2099-12-31')
  expect(fromSixDigits('270229')).toBeNull()
  expect(toSixDigits('1999-12-31')).toBeNull()
})
