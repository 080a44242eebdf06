import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDateAt, epochMs, zoneClock } from './zone-clock.ts'

const utc = (ms: number) => new Date(ms).toISOString()

test.each([
  ['2026-11-20T14:30:00Z', '2026-11-20T14:30:00.000Z'],
  ['2026-11-20T14:30:00.25-05:00', '2026-11-20T19:30:00.250Z'],
  ['2026-11-20t02:00:00+05:30', '2026-11-19T20:30:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(utc(epochMs(text))).toBe(expected)
})

test.each([
  '2026-11-20',
  '2026-11-20T14:30:00',
  '2026-11-20T24:00:00Z',
  '2026-11-20T14:60:00Z',
  'yesterday',
  Number.NaN,
  -1,
  1.5,
  1e18,
])('%s is no instant', (instant) => {
  expect(() => epochMs(instant)).toThrow(/is no instant: give epoch milliseconds|YYYY-MM-DD/)
})

test.each(['', 'New York', 'America/Gotham', undefined])(
  '%s is no time zone, and never means that of the machine',
  (zone) => {
    expect(() => zoneClock(zone as string)).toThrow('give an IANA name such as America/New_York')
  },
)

test.each(['24:00', '9:30', '10:60', '10.30'])('%s is no time', (time) => {
  expect(() => zoneClock('UTC').instantOf('2026-11-20', time)).toThrow('is no time of the form HH:MM')
})

test('days outside what the clocks can tell are refused', () => {
  expect(() => zoneClock('UTC').instantOf('1969-12-31', '10:00')).toThrow('is not from 1970-01-01 to 9999-12-30')
  expect(() => zoneClock('UTC').instantOf('9999-12-31', '10:00')).toThrow(RangeError)
})

/** First instants at which the clock shows the time or later, worked out by hand from the published changes. */
describe.each([
  ['America/New_York', '2026-03-07', '02:30', '2026-03-07T07:30:00.000Z'],
  ['America/New_York', '2026-03-08', '01:59', '2026-03-08T06:59:00.000Z'],
  // 02:00 to 02:59 do not exist: the clock shows 03:00 at 07:00 UTC.
  ['America/New_York', '2026-03-08', '02:00', '2026-03-08T07:00:00.000Z'],
  ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00.000Z'],
  ['America/New_York', '2026-03-08', '03:00', '2026-03-08T07:00:00.000Z'],
  ['America/New_York', '2026-03-08', '16:45', '2026-03-08T20:45:00.000Z'],
  // 01:00 to 01:59 come twice: the first counts.
  ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ['America/New_York', '2026-11-01', '02:00', '2026-11-01T07:00:00.000Z'],
  ['America/New_York', '2026-11-01', '16:45', '2026-11-01T21:45:00.000Z'],
  ['America/Los_Angeles', '2026-03-08', '02:15', '2026-03-08T10:00:00.000Z'],
  ['America/Los_Angeles', '2026-11-01', '01:15', '2026-11-01T08:15:00.000Z'],
  ['America/Los_Angeles', '2026-11-02', '17:00', '2026-11-03T01:00:00.000Z'],
  ['America/Phoenix', '2026-03-08', '02:30', '2026-03-08T09:30:00.000Z'],
  // Half an hour of summer time, in the south.
  ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
  // Samoa left out 30 December 2011: the day after it began at once.
  ['Pacific/Apia', '2011-12-30', '10:00', '2011-12-30T10:00:00.000Z'],
])('in %s on %s', (zone, date, time, expected) => {
  test(`${time} is ${expected}`, () => {
    expect(utc(zoneClock(zone).instantOf(date, time))).toBe(expected)
  })
})

test('calendar and clock at an instant are those of the zone', () => {
  expect(zoneClock('America/New_York').at('2026-11-21T03:30:59Z')).toEqual({ date: '2026-11-20', time: '22:30' })
  expect(zoneClock('Pacific/Kiritimati').at('2026-12-31T12:00:00Z')).toEqual({ date: '2027-01-01', time: '02:00' })
  expect(civilDateAt('2026-11-20T05:00:00Z', 'America/New_York')).toBe('2026-11-20')
  expect(civilDateAt('2026-11-20T04:59:59.999Z', 'America/New_York')).toBe('2026-11-19')
})

test('the instant of what the clock shows is never later than it, and shows the same unless clocks change', () => {
  const zone = fc.constantFrom('America/New_York', 'America/Los_Angeles', 'Europe/London', 'America/St_Johns')
  const minute = fc.integer({ min: 24_000_000, max: 36_000_000 }).map((count) => count * 60_000)
  fc.assert(
    fc.property(zone, minute, (name, ms) => {
      const clock = zoneClock(name)
      const { date, time } = clock.at(ms)
      const first = clock.instantOf(date, time)
      expect(first).toBeLessThanOrEqual(ms)
      expect(clock.at(first)).toEqual({ date, time })
    }),
  )
})
