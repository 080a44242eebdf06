import type { ScheduleCreate } from '@fistworks/contract'

/** What a person can choose, in their words. */
export const FREQUENCIES = {
  weekly: 'Every week',
  biweekly: 'Every two weeks',
  semiMonthly: 'Twice a month',
  monthly: 'Every month',
  lastBankingDay: 'On the last banking day of the month',
  bankingDay: 'On a certain banking day of the month',
} as const
export type Frequency = keyof typeof FREQUENCIES

/** The form's texts as the contract takes them: checked afterwards, so that a wrong one is said at its field. */
export function scheduleInput(texts: Readonly<Record<string, string>>): ScheduleCreate {
  const number = (name: string) => Number(texts[name] === '' ? Number.NaN : texts[name])
  return {
    name: texts['name'] ?? '',
    templateId: (texts['templateId'] ?? '') as ScheduleCreate['templateId'],
    rule: ruleOf(texts, number),
    startsOn: texts['startsOn'] ?? '',
    roll: texts['roll'] === 'after' ? 'after' : 'before',
    ends: endOf(texts, number),
    leadDays: number('leadDays'),
    transmit: texts['transmit'] === 'nextCutoff' ? 'nextCutoff' : 'now',
    submitOnApproval: texts['submitOnApproval'] === 'on',
  }
}

/** What is chosen; monthly before anything is. */
export function frequencyIn(texts: Readonly<Record<string, string>>): Frequency {
  const chosen = texts['frequency'] ?? ''
  return chosen in FREQUENCIES ? (chosen as Frequency) : 'monthly'
}

function ruleOf(texts: Readonly<Record<string, string>>, number: (name: string) => number): ScheduleCreate['rule'] {
  switch (frequencyIn(texts)) {
    case 'weekly':
      return { frequency: 'weekly', everyWeeks: 1 }
    case 'biweekly':
      return { frequency: 'weekly', everyWeeks: 2 }
    case 'semiMonthly':
      return { frequency: 'semiMonthly', days: [number('firstDay'), number('secondDay')] }
    case 'lastBankingDay':
      return { frequency: 'monthlyBankingDay', nth: 'last' }
    case 'bankingDay':
      return { frequency: 'monthlyBankingDay', nth: number('nth') }
    case 'monthly':
      return { frequency: 'monthly', day: number('day') }
  }
}

function endOf(texts: Readonly<Record<string, string>>, number: (name: string) => number): ScheduleCreate['ends'] {
  if (texts['end'] === 'on') return { when: 'on', date: texts['endDate'] ?? '' }
  if (texts['end'] === 'after') return { when: 'after', count: number('endCount') }
  return { when: 'never' }
}

/** Where the contract names a place of the schedule, the field of the form that it was typed in. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  'rule.days': 'secondDay',
  'rule.day': 'day',
  'rule.nth': 'nth',
  'ends.date': 'endDate',
  'ends.count': 'endCount',
  ends: 'endDate',
}
