const PARTS = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** Date `YYYY-MM-DD` and time `HHMM` of this instant on the clock of the Federal Reserve, which is New York's. */
export function newYorkTime(instant: Date): { date: string; time: string } {
  const part: Record<string, string> = {}
  for (const { type, value } of PARTS.formatToParts(instant)) part[type] = value
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}${part.minute}` }
}

/** Days from one civil date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
