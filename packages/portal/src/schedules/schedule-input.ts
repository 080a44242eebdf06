import type { Schedule, ScheduleCreate, ScheduleUpdate } from '@fistworks/contract'

/** What a person can choose, in their words. */
export const FREQUENCIES = {
  weekly: 'Every week',
  biweekly: 'Every two weeks',
  fourWeekly: 'Every four weeks',
  semiMonthly: 'Twice a month',
  monthly: 'On a day of the month',
  lastBankingDay: 'On the last banking day of the month',
  bankingDay: 'On a certain banking day of the month',
} as const
export type Frequency = keyof typeof FREQUENCIES
type Texts = Readonly<Record<string, string>>

/** What a form for a new schedule starts with. */
export const NEW_TEXTS: Texts = {
  frequency: 'monthly',
  day: '1',
  firstDay: '15',
  secondDay: '31',
  nth: '1',
  everyMonths: '1',
  roll: 'before',
  end: 'never',
  endCount: '12',
  leadDays: '3',
  transmit: 'now',
}

/** The form's texts as the contract takes them: checked afterwards, so that a wrong one is said at its field. */
export function scheduleInput(texts: Texts): ScheduleCreate {
  return {
    name: texts['name'] ?? '',
    templateId: (texts['templateId'] ?? '') as ScheduleCreate['templateId'],
    rule: ruleOf(texts),
    startsOn: texts['startsOn'] ?? '',
    roll: texts['roll'] === 'after' ? 'after' : 'before',
    ends: endOf(texts),
    leadDays: number(texts, 'leadDays'),
    transmit: texts['transmit'] === 'nextCutoff' ? 'nextCutoff' : 'now',
    submitOnApproval: texts['submitOnApproval'] === 'on',
  }
}

/** The same for a schedule that there is: its template stays. */
export function scheduleChange(texts: Texts, version: number): ScheduleUpdate {
  const { templateId: _templateId, ...terms } = scheduleInput(texts)
  return { ...terms, version }
}

/** A schedule as the texts of the form. */
export function textsOfSchedule({ name, rule, startsOn, roll, ends, ...how }: Schedule): Texts {
  return {
    ...NEW_TEXTS,
    name,
    ...textsOfRule(rule),
    startsOn,
    roll,
    end: ends.when,
    ...(ends.when === 'on' ? { endDate: ends.date } : {}),
    ...(ends.when === 'after' ? { endCount: String(ends.count) } : {}),
    leadDays: String(how.leadDays),
    transmit: how.transmit,
    ...(how.submitOnApproval ? { submitOnApproval: 'on' } : {}),
  }
}

/** What is chosen; monthly before anything is. */
export function frequencyIn(texts: Texts): Frequency {
  const chosen = texts['frequency'] ?? ''
  return chosen in FREQUENCIES ? (chosen as Frequency) : 'monthly'
}

const number = (texts: Texts, name: string) => Number(texts[name] === '' ? Number.NaN : texts[name])

function ruleOf(texts: Texts): ScheduleCreate['rule'] {
  const everyMonths = number(texts, 'everyMonths')
  switch (frequencyIn(texts)) {
    case 'weekly':
      return { frequency: 'weekly', everyWeeks: 1 }
    case 'biweekly':
      return { frequency: 'weekly', everyWeeks: 2 }
    case 'fourWeekly':
      return { frequency: 'weekly', everyWeeks: 4 }
    case 'semiMonthly':
      return { frequency: 'semiMonthly', days: [number(texts, 'firstDay'), number(texts, 'secondDay')] }
    case 'lastBankingDay':
      return { frequency: 'monthlyBankingDay', nth: 'last', everyMonths }
    case 'bankingDay':
      return { frequency: 'monthlyBankingDay', nth: number(texts, 'nth'), everyMonths }
    case 'monthly':
      return { frequency: 'monthly', day: number(texts, 'day'), everyMonths }
  }
}

function textsOfRule(rule: Schedule['rule']): Texts {
  switch (rule.frequency) {
    case 'weekly':
      return { frequency: ({ 1: 'weekly', 2: 'biweekly', 4: 'fourWeekly' } as const)[rule.everyWeeks] }
    case 'semiMonthly':
      return { frequency: 'semiMonthly', firstDay: String(rule.days[0]), secondDay: String(rule.days[1]) }
    case 'monthly':
      return { frequency: 'monthly', day: String(rule.day), everyMonths: String(rule.everyMonths) }
    case 'monthlyBankingDay': {
      const everyMonths = String(rule.everyMonths)
      if (rule.nth === 'last') return { frequency: 'lastBankingDay', everyMonths }
      return { frequency: 'bankingDay', nth: String(rule.nth), everyMonths }
    }
  }
}

function endOf(texts: Texts): ScheduleCreate['ends'] {
  if (texts['end'] === 'on') return { when: 'on', date: texts['endDate'] ?? '' }
  if (texts['end'] === 'after') return { when: 'after', count: number(texts, 'endCount') }
  return { when: 'never' }
}

/** Where the contract names a place of the schedule, the field of the form that it was typed in. */
export const FIELD_OF: Readonly<Record<string, string>> = {
  'rule.days': 'secondDay',
  'rule.day': 'day',
  'rule.nth': 'nth',
  'rule.everyMonths': 'everyMonths',
  'ends.date': 'endDate',
  'ends.count': 'endCount',
  ends: 'endDate',
}
