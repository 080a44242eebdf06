import { rule } from './rule.ts'

/** Entries (reference 7.4). */
export const entryRules = {
  'entry.transaction_code.unknown': rule('error', 'The transaction code is one that Nacha defines.'),
  'entry.transaction_code.service_class': rule(
    'error',
    'A batch of class 220 holds credits only, of class 225 debits only.',
  ),
  'entry.transaction_code.sec': rule('error', 'The SEC code of the batch allows the transaction code.'),
  'entry.transaction_code.return': rule(
    'error',
    'Codes ending in 1 or 6 are for returns and notifications of change only.',
  ),
  'entry.transaction_code.loan_debit': rule('error', 'Loan accounts are debited (55) in REVERSAL batches only.'),
  'entry.rdfi.required': rule('error', 'The routing number of the receiving bank is given.'),
  'entry.rdfi.format': rule('error', 'The routing number of the receiving bank is 9 digits.'),
  'entry.rdfi.check_digit': rule('error', 'The check digit of the routing number is right.'),
  'entry.rdfi.prefix': rule('warning', 'The routing number begins with two digits that the ABA has assigned.', 'error'),
  'entry.account.required': rule('error', 'The account number is given.'),
  'entry.account.length': rule(
    'error',
    'The account number has at most 17 characters; a longer one is refused, never cut.',
  ),
  'entry.account.masked': rule('error', 'The account number is whole, not masked for display.'),
  'entry.account.inner_blank': rule('warning', 'The account number is left-justified without blanks inside.'),
  'entry.account.characters': rule(
    'off',
    'The account number holds letters, digits, blanks and hyphens only.',
    'error',
  ),
  'entry.account.zero': rule('warning', 'The account number is not only zeros.', 'error'),
  'entry.amount.range': rule('error', 'The amount is whole cents from 0 to 9,999,999,999.'),
  'entry.amount.zero': rule('error', 'A payment is more than zero.'),
  'entry.amount.prenote': rule('error', 'The amount of a prenote is zero.'),
  'entry.amount.zero_dollar': rule('error', 'An entry with a zero-dollar code has amount zero and an addenda.'),
  'entry.name.required': rule('warning', 'The name of the receiver is given.', 'error'),
  'entry.name.mandatory': rule('error', 'The name of the receiver is given in TEL, WEB and MTE entries.'),
  'entry.name.length': rule('error', 'The name of the receiver has at most 22 characters.'),
  'entry.identification.length': rule('error', 'The identification of the receiver has at most 15 characters.'),
  'entry.text.characters': rule('off', 'The texts of an entry keep to the characters every bank takes.', 'error'),
  'entry.addenda_indicator': rule('error', 'The addenda record indicator is 1 when addenda follow, else 0.'),
  'entry.trace_number.format': rule('error', 'The trace number is 15 digits.'),
}
