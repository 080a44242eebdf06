import type { Schedule, ScheduleRule } from '@fistworks/contract'

const DAY = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  timeZone: 'UTC',
})
const MOMENT = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
})

/** `2026-11-25` → `Wed, Nov 25, 2026` */
export const dayWords = (date: string) => DAY.format(new Date(`${date}T00:00:00Z`))
/** An instant on the person's own clock, with its zone. */
export const momentWords = (instant: string) => MOMENT.format(new Date(instant))

const dayOf = (day: number) => (day === 31 ? 'the last day' : `day ${day}`)
const often = (months: number) => (months === 1 ? 'Monthly' : `Every ${months} months`)

/** `{ frequency: 'weekly', everyWeeks: 2 }` → `Every 2 weeks` */
export function ruleWords(rule: ScheduleRule): string {
  switch (rule.frequency) {
    case 'weekly':
      return rule.everyWeeks === 1 ? 'Every week' : `Every ${rule.everyWeeks} weeks`
    case 'semiMonthly':
      return `Twice a month, on ${rule.days.map(dayOf).join(' and ')}`
    case 'monthly':
      return `${often(rule.everyMonths)}, on ${dayOf(rule.day)}`
    case 'monthlyBankingDay':
      return `${often(rule.everyMonths)}, on ${rule.nth === 'last' ? 'the last banking day' : `banking day ${rule.nth}`}`
  }
}

export const STATUS_WORDS: Readonly<Record<Schedule['status'], string>> = {
  active: 'Running',
  paused: 'Paused',
  ended: 'Ended',
}
