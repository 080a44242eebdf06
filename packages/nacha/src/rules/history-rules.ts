import { rule } from './rule.ts'

/** What only somebody can see who knows what was sent before, or when: `checkHistory` (reference 7.2 and 7.7). */
export const historyRules = {
  'file.header.duplicate_file': rule('warning', 'error'),
  'date.return.late': rule('warning'),
  'date.noc.late': rule('warning'),
  'date.noc.apply_by': rule('info'),
  'date.same_day.window': rule('warning', 'error'),
  'date.reversal.late': rule('error'),
  'date.prenote.wait': rule('warning'),
  'rule.reinitiation.count': rule('error'),
  'rule.reinitiation.window': rule('error'),
  'rule.reinitiation.identical': rule('error'),
  'rule.return_fee': rule('warning'),
  'rule.return_rate': rule('warning'),
}
