import { describe, expect, test } from 'vitest'
import { addBankingDays, holidayName, isBankingDay, nextBankingDay } from './banking-day.ts'
import { civilDate, isCivilDate } from './civil-date.ts'

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
