import { type CivilDate, civilDate } from '../civil-date.ts'
import { addDays, dayNumber } from './day-number.ts'

/** A moment: milliseconds since 1970-01-01T00:00:00Z, or RFC 3339 with Z or an offset. */
export type Instant = number | string

/** A time on the clock on the wall, 'HH:MM' of 24 hours. */
export type ClockTime = string

const DAY_MS = 86_400_000
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/
const CLOCK_TIME = /^([01]\d|2[0-3]):([0-5]\d)$/
const FIRST_DAY = '1970-01-01'
const LAST_DAY = '9999-12-30'
/** Instants keep a month's distance from both ends, so that what is counted from them stays inside. */
const FIRST_MS = dayNumber('1970-02-01') * DAY_MS
const LAST_MS = dayNumber('9999-12-01') * DAY_MS

function epochOfText(text: string): number {
  const match = INSTANT.exec(text)
  if (!match) return Number.NaN
  const [, date = '', hours, minutes, seconds, fraction = '.0', zone = 'Z'] = match
  const sign = zone.startsWith('-') ? -1 : 1
  const offset = /[Zz]/.test(zone) ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)))
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return Number.NaN
  const minutesOfDay = Number(hours) * 60 + Number(minutes) - offset
  return dayNumber(date) * DAY_MS + (minutesOfDay * 60 + Number(seconds)) * 1000 + Math.floor(Number(fraction) * 1000)
}

/**
 * Milliseconds since 1970 of an instant.
 * @throws RangeError when it is neither, or lies outside February 1970 to November 9999.
 */
export function epochMs(instant: Instant): number {
  const ms = typeof instant === 'number' ? instant : epochOfText(instant)
  if (!Number.isInteger(ms) || ms < FIRST_MS || ms >= LAST_MS) {
    throw new RangeError(`'${instant}' is no instant: give epoch milliseconds or 2026-11-20T14:30:00Z`)
  }
  return ms
}

/** The clocks of one time zone. */
export interface ZoneClock {
  /** What calendar and clock show at an instant. */
  readonly at: (instant: Instant) => { readonly date: CivilDate; readonly time: ClockTime }
  /**
   * The first instant of that day at which the clock shows `time` or later, in epoch milliseconds. When clocks are set
   * forward over `time` it is the moment of the change; when they are set back and show it twice, the first time.
   */
  readonly instantOf: (date: CivilDate, time: ClockTime) => number
}

/** Making one takes longer than most that is done with it; there are only as many as there are time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const made = formatters.get(timeZone) ?? makeFormatter(timeZone)
  formatters.set(timeZone, made)
  return made
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat {
  try {
    // An empty or missing zone would silently mean that of the machine.
    if (typeof timeZone !== 'string' || timeZone === '') throw new RangeError()
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw new RangeError(`'${timeZone}' is no time zone: give an IANA name such as America/New_York`)
  }
}

/** Local time as if it were UTC: the difference to the instant is the offset of the zone. */
function localMs(formatter: Intl.DateTimeFormat, ms: number): number {
  const found: Record<string, number> = {}
  for (const { type, value } of formatter.formatToParts(ms)) found[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found
  return dayNumber(civilDate(year, month, day)) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + (ms % 1000)
}

/** The moment between two instants at which the offset of the zone changes. */
function changeBetween(local: (ms: number) => number, before: number, after: number): number {
  let low = before
  let high = after
  const offset = local(before) - before
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (local(middle) - middle === offset) low = middle
    else high = middle
  }
  return high
}

/**
 * The clocks of an IANA time zone, from the rules the runtime's Intl has.
 * @throws RangeError for a zone it does not know; its functions for what is no instant, date or 'HH:MM'.
 */
export function zoneClock(timeZone: string): ZoneClock {
  const formatter = formatterOf(timeZone)
  const local = (ms: number) => localMs(formatter, ms)
  return {
    at(instant) {
      const shown = local(epochMs(instant))
      const minutes = Math.floor((shown % DAY_MS) / 60_000)
      const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
      return { date: addDays('1970-01-01', Math.floor(shown / DAY_MS)), time }
    },
    instantOf(date, time) {
      const [, hours, minutes] = CLOCK_TIME.exec(time) ?? []
      if (hours === undefined) throw new RangeError(`'${time}' is no time of the form HH:MM`)
      const shown = dayNumber(date) * DAY_MS + (Number(hours) * 60 + Number(minutes)) * 60_000
      if (date < FIRST_DAY || date > LAST_DAY) throw new RangeError(`${date} is not from ${FIRST_DAY} to ${LAST_DAY}`)
      const [dayBefore, dayAfter] = [shown - DAY_MS, shown + DAY_MS]
      const offsets = [local(dayBefore) - dayBefore, local(dayAfter) - dayAfter]
      const candidates = offsets.map((offset) => shown - offset)
      const right = candidates.filter((ms) => local(ms) === shown)
      if (right.length > 0) return Math.min(...right)
      return changeBetween(local, Math.min(...candidates), Math.max(...candidates))
    },
  }
}

/** The day that the calendar shows at an instant in a time zone. @throws RangeError as `zoneClock`. */
export function civilDateAt(instant: Instant, timeZone: string): CivilDate {
  return zoneClock(timeZone).at(instant).date
}
