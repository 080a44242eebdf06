import {
  addBankingDays,
  addDays,
  bankingDayOnOrAfter,
  bankingDayOnOrBefore,
  holidayName,
  isBankingDay,
} from '@fistworks/nacha'
import type { Occurrence, ScheduleEnd } from './schedule.ts'
import type { ScheduleRoll, ScheduleRule } from './schedule-rule.ts'

export interface ScheduleTerms {
  rule: ScheduleRule
  /** `YYYY-MM-DD` */
  startsOn: string
  roll: ScheduleRoll
  leadDays: number
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/**
 * The payments of a schedule in their order, from its anchor on, without an end. Every one is on a banking day, and no two
 * are on the same.
 * @param after only those that are due after this date
 */
export function* scheduleOccurrences(terms: ScheduleTerms, after: string | null = null): Generator<Occurrence> {
  for (const dueOn of dueDates(terms)) {
    if (after !== null && dueOn <= after) continue
    const paysOn = isBankingDay(dueOn) ? dueOn : rolled(dueOn, terms.roll)
    const makesFileOn = addBankingDays(paysOn, -terms.leadDays)
    yield { dueOn, paysOn, reason: reasonOf(dueOn, paysOn), makesFileOn }
  }
}

/** How far a schedule has come. */
export interface ScheduleProgress {
  /** Everything that was due until then is done with. */
  handledUntil: string | null
  /** The last banking day for which a payment was made or tried; no second one pays on it. */
  lastPaysOn: string | null
  /** Payments that count for an end after so many. */
  payments: number
}

export const NOTHING_YET: ScheduleProgress = { handledUntil: null, lastPaysOn: null, payments: 0 }

/** The next payments, at most `count`; none once the schedule has come to its end. */
export function upcomingOccurrences(
  terms: ScheduleTerms & { ends: ScheduleEnd },
  { handledUntil, lastPaysOn, payments }: ScheduleProgress,
  count: number,
): Occurrence[] {
  const { ends } = terms
  const left = ends.when === 'after' ? Math.max(0, ends.count - payments) : count
  const found: Occurrence[] = []
  if (left === 0) return found
  for (const each of scheduleOccurrences(terms, handledUntil)) {
    if (lastPaysOn !== null && each.paysOn <= lastPaysOn) continue
    if (ends.when === 'on' && each.paysOn > ends.date) break
    found.push(each)
    if (found.length === Math.min(left, count)) break
  }
  return found
}

function* dueDates({ rule, startsOn }: ScheduleTerms): Generator<string> {
  if (rule.frequency === 'weekly') {
    for (let date = startsOn; ; date = addDays(date, 7 * rule.everyWeeks)) yield date
  }
  const everyMonths = rule.frequency === 'semiMonthly' ? 1 : rule.everyMonths
  for (let month = startsOn.slice(0, 7); ; month = addMonths(month, everyMonths)) {
    for (const date of datesIn(month, rule)) if (date >= startsOn) yield date
  }
}

function datesIn(month: string, rule: Exclude<ScheduleRule, { frequency: 'weekly' }>): string[] {
  if (rule.frequency === 'semiMonthly') return rule.days.map((day) => dayIn(month, day))
  if (rule.frequency === 'monthly') return [dayIn(month, rule.day)]
  if (rule.nth === 'last') return [bankingDayOnOrBefore(dayIn(month, 31))]
  return [addBankingDays(addDays(`${month}-01`, -1), rule.nth)]
}

/** That day, or the last one of a month that is shorter. */
function dayIn(month: string, day: number): string {
  const last = addDays(`${addMonths(month, 1)}-01`, -1)
  const wanted = `${month}-${String(day).padStart(2, '0')}`
  return wanted < last ? wanted : last
}

function addMonths(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`
}

function rolled(date: string, roll: ScheduleRoll): string {
  return roll === 'before' ? bankingDayOnOrBefore(date) : bankingDayOnOrAfter(date)
}

/** “Thanksgiving Day: Wednesday before”. */
function reasonOf(dueOn: string, paysOn: string): string | null {
  if (dueOn === paysOn) return null
  const why = holidayName(dueOn) ?? weekday(dueOn)
  return `${why}: ${weekday(paysOn)} ${paysOn < dueOn ? 'before' : 'after'}`
}

function weekday(date: string): string {
  return WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
}
