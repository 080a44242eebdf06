/** What only somebody can see who knows what was sent before, or when: `checkHistory` (reference 7.2 and 7.7): each rule, and what it demands. */
export const historyDemands = {
  'file.header.duplicate_file': 'No file with the same origin, destination, date, time and modifier was sent before.',
  'date.return.late': 'A return comes within the time frame of its code.',
  'date.noc.late': 'A notification of change comes within two banking days of settlement.',
  'date.noc.apply_by': 'A change is applied within six banking days of being told, or before the next entry.',
  'date.same_day.window':
    'A batch for the same day is with the Operator before its last same-day deadline (needs `at`).',
  'date.reversal.late': 'A reversal takes effect within five banking days of the entry it reverses.',
  'date.prenote.wait': 'The first payment to an account waits three banking days after the prenote.',
  'rule.reinitiation.count': 'A returned entry is sent again at most twice.',
  'rule.reinitiation.window': 'A returned entry is sent again within 180 days of its settlement.',
  'rule.reinitiation.identical': 'A returned entry is sent again as it was: same company and same amount.',
  'rule.return_fee': 'A return fee settles within 45 days of the return.',
  'rule.return_rate': 'The returned debits of a company stay at or below 0.5 % (unauthorized), 3 % and 15 %.',
}
