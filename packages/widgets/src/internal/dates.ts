const day = { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' } as const
const moment = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const

/** `2026-11-24` → `Tue, Nov 24, 2026`. */
export function formatDate(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(time) ? date : new Intl.DateTimeFormat('en-US', day).format(time)
}

/** An instant in the reader's own zone, which is named; with the year when it is not this one. */
export function formatInstant(instant: string): string {
  const time = new Date(instant)
  if (Number.isNaN(time.getTime())) return instant
  const isThisYear = time.getFullYear() === new Date().getFullYear()
  return new Intl.DateTimeFormat('en-US', isThisYear ? moment : { ...moment, year: 'numeric' }).format(time)
}

const EASTERN = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' })

/** Today where the Federal Reserve is, `YYYY-MM-DD`. */
export const today = () => EASTERN.format(new Date())
