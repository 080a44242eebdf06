import { rule } from './rule.ts'

/** Dates and habits that a file alone, or with the day it is checked for, can show (reference 7.7). */
export const businessRules = {
  'date.eed.missing': rule('warning', 'error'),
  'date.eed.past': rule('warning', 'error'),
  'date.eed.not_banking_day': rule('warning', 'error'),
  'date.eed.too_far': rule('off', 'error'),
  'date.same_day.amount': rule('warning'),
  'date.same_day.iat': rule('warning'),
  'date.same_day.indicator': rule('warning'),
  'date.julian': rule('warning'),
  'rule.payroll_description': rule('off', 'warning'),
  'rule.purchase_description': rule('warning'),
  'rule.micro_entry': rule('warning'),
  'rule.duplicate_entry': rule('off', 'warning'),
}
