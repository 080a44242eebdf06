import { rule } from './rule.ts'

/** Dates and habits that a file alone, or with the day it is checked for, can show (reference 7.7). */
export const businessRules = {
  'date.eed.missing': rule(
    'warning',
    'The effective entry date is given; without it the batch settles at the earliest chance.',
    'error',
  ),
  'date.eed.past': rule('warning', 'The effective entry date is not before the file creation date.', 'error'),
  'date.eed.not_banking_day': rule(
    'warning',
    'The effective entry date is a banking day; otherwise the next one counts.',
    'error',
  ),
  'date.eed.too_far': rule(
    'off',
    'Credits take effect at most two banking days after the day they are processed, debits one (needs `asOf`).',
    'error',
  ),
  'date.same_day.amount': rule(
    'warning',
    'A same-day entry is within the limit of its date; otherwise it settles later.',
  ),
  'date.same_day.iat': rule('warning', 'IAT is never same-day: it settles on the next banking day.'),
  'date.same_day.indicator': rule('warning', 'A same-day sign (SD1300, SD1700, SD1800) goes with today’s date.'),
  'date.julian': rule('warning', 'The settlement date is near the file creation date.'),
  'rule.payroll_description': rule(
    'off',
    'PPD credits for wages are described as PAYROLL since 20 March 2026.',
    'warning',
  ),
  'rule.micro_entry': rule('warning', 'ACCTVERIFY entries are below 1.00 and debit no more than they credit.'),
  'rule.duplicate_entry': rule('off', 'No two entries of a batch pay the same amount to the same account.', 'warning'),
}
