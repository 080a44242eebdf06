/** Dates and habits that a file alone, or with the day it is checked for, can show (reference 7.7): each rule, and what it demands. */
export const businessDemands = {
  'date.eed.missing': 'The effective entry date is given; without it the batch settles at the earliest chance.',
  'date.eed.past': 'The effective entry date is not before the file creation date.',
  'date.eed.not_banking_day': 'The effective entry date is a banking day; otherwise the next one counts.',
  'date.eed.too_far':
    'Credits take effect at most two banking days after the day they are processed, debits one (needs `asOf`).',
  'date.same_day.amount': 'A same-day entry is within the limit of its date; otherwise it settles later.',
  'date.same_day.iat': 'IAT is never same-day: it settles on the next banking day.',
  'date.same_day.indicator': 'A same-day sign (SD1300, SD1700, SD1800) goes with today’s date.',
  'date.julian': 'The settlement date is near the file creation date.',
  'rule.payroll_description': 'PPD credits for wages are described as PAYROLL since 20 March 2026.',
  'rule.purchase_description':
    'WEB debits for goods bought online are described as PURCHASE since 20 March 2026 (needs `purchases`).',
  'rule.micro_entry': 'ACCTVERIFY entries are below 1.00 and debit no more than they credit.',
  'rule.duplicate_entry': 'No two entries of a batch pay the same amount to the same account.',
}
