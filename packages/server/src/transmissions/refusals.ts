import { type FieldProblem, formatCents } from '@fistworks/contract'
import { addBankingDays, bankingDayOnOrAfter, zoneClock } from '@fistworks/nacha'
import { type BatchWindow, batchWindow, lastCutoff, notSameDay, type PlannedBatch } from './batch-window.ts'
import type { Place } from './plan-transmission.ts'

/** Banking days that are looked through for a date that can still be reached. */
const DAYS_LOOKED_THROUGH = 20

/** A batch whose date can no longer be reached: which date can, or which entry keeps it from settling the same day. */
export function tooLate(batch: PlannedBatch, index: number, place: Place): FieldProblem[] {
  if (isInTime(batch, place)) return []
  const { effectiveDate } = batch
  const next = nextReachable(batch, place)
  const other =
    next === null ? 'the bank connection has no cutoff that reaches a date' : `the next date that can is ${next}`
  const hindered = hinderedBy(batch, place)
  if (hindered !== null) {
    const pointer = `/batches/${index}/entries/${hindered.index}/amountCents`
    const message = `${hindered.why}, and ${effectiveDate} can only be reached the same day: ${other}`
    return [{ pointer, code: 'same-day', message }]
  }
  const sendBy = batchWindow(batch, place.schedule).sendBy
  const why =
    sendBy === null ? 'no cutoff of the bank reaches it' : `${words(sendBy, place)} was the last cutoff for it`
  const pointer = `/batches/${index}/effectiveDate`
  return [
    { pointer, code: 'effective-date', message: `${effectiveDate} cannot be reached any more (${why}); ${other}` },
  ]
}

/** The first banking day from now on that this batch can have; `null` where the cutoffs reach none. */
export function nextReachable(batch: PlannedBatch, place: Place): string | null {
  const today = zoneClock(place.schedule.timeZone).at(place.now).date
  let date = bankingDayOnOrAfter(today)
  for (let looked = 0; looked < DAYS_LOOKED_THROUGH; looked++) {
    if (isInTime({ ...batch, effectiveDate: date }, place)) return date
    date = addBankingDays(date, 1)
  }
  return null
}

/** Batches of which one must be with the bank before another may be. */
export function tooFarApart(batches: readonly PlannedBatch[], windows: BatchWindow[], place: Place): FieldProblem[] {
  const opensAt = Math.max(...windows.map((window) => window.opensAt))
  return windows.flatMap(({ sendBy }, index) => {
    if (sendBy === null || opensAt <= sendBy - place.marginMs) return []
    const date = batches[index]?.effectiveDate
    const later = batches[windows.findIndex((window) => window.opensAt === opensAt)]?.effectiveDate
    const message = `${date} is too far from ${later} in the same file: the bank takes ${later} only after the last cutoff for ${date}, so make two files`
    return [{ pointer: `/batches/${index}/effectiveDate`, code: 'effective-date', message }]
  })
}

/** The time that was asked for lies after the last moment that reaches the dates. */
export function atTooLate(latest: number, place: Place): FieldProblem {
  const message = `is too late for the dates of the file: send it at ${words(latest, place)} at the latest`
  return { pointer: '/transmit/at', code: 'transmit-at', message }
}

function isInTime(batch: PlannedBatch, { schedule, now, marginMs }: Place): boolean {
  const { sendBy } = batchWindow(batch, schedule)
  return sendBy !== null && now <= sendBy - marginMs
}

/** The entry without which the batch would settle the same day. */
function hinderedBy(batch: PlannedBatch, { schedule, now, marginMs }: Place): { index: number; why: string } | null {
  const found = notSameDay(batch)
  if (found === null) return null
  const direction = batch.entries.some((entry) => entry.direction === 'debit') ? 'debit' : 'credit'
  const sendBy = lastCutoff(batch.effectiveDate, schedule, { sameDay: true, direction })
  if (sendBy === null || now > sendBy - marginMs) return null
  const { index, problem } = found
  if (problem.reason === 'amount') {
    const limit = formatCents(problem.limitCents)
    return { index, why: `is over ${limit}, the most that an entry may carry to settle the same day` }
  }
  return { index, why: `is of ${batch.secCode}, which does not settle the same day` }
}

/** `2026-11-23 17:00 (America/Chicago)` */
function words(instant: number, { schedule: { timeZone } }: Place): string {
  const { date, time } = zoneClock(timeZone).at(instant)
  return `${date} ${time} (${timeZone})`
}
