import { returnCodeRows } from './return-code-row.ts'

const MEND = 'Correct the file where it says, then send the entry anew.'

/** Codes that only the ACH Operator uses (reference 4.3). */
export const OPERATOR_RETURN_CODES = returnCodeRows(
  { by: 'operator', frame: 'OP', categories: ['operator'] },
  {
    R13: {
      reason: 'The routing number is not one of a bank that takes ACH entries.',
      advice: 'Ask the receiver for the routing number for ACH, which may differ from that for wires.',
      again: 'fix',
    },
    R18: {
      reason: 'The effective entry date lies too far ahead.',
      advice: 'Send credits at most 2, debits at most 1 banking day before.',
      again: 'fix',
    },
    R19: {
      reason: 'The amount is wrong: no number, zero where money moves, money where none may, or above a limit.',
      advice: MEND,
      again: 'fix',
      notes: ['ARC, BOC and POP carry at most 25,000.00.'],
    },
    R25: { reason: 'An addenda record is missing or wrong.', advice: MEND, again: 'fix' },
    R26: { reason: 'A mandatory field is missing or wrong.', advice: MEND, again: 'fix' },
    R27: { reason: 'A trace number is missing or does not match.', advice: MEND, again: 'fix' },
    R28: { reason: 'The check digit of the routing number is wrong.', advice: MEND, again: 'fix' },
    R30: {
      reason: 'The receiving bank takes no part in check truncation.',
      advice: 'Collect the check another way.',
      again: 'fix',
    },
    R32: {
      reason: 'The receiving bank cannot settle.',
      advice: 'Ask the receiver for an account at another bank.',
      again: 'fix',
    },
    R34: {
      reason: 'The receiving bank’s part in the network is limited.',
      advice: 'Ask the receiver for an account at another bank.',
      again: 'fix',
    },
    R35: {
      reason: 'A debit is not allowed here (CIE, loan accounts).',
      advice: 'Pay instead of collecting, or use another account.',
      again: 'fix',
      direction: 'debit',
    },
    R36: {
      reason: 'A credit is not allowed with this SEC code.',
      advice: 'Use an SEC code for credits.',
      again: 'fix',
      direction: 'credit',
      onlyFor: ['ARC', 'BOC', 'POP', 'RCK', 'TEL', 'XCK'],
    },
  },
)

const INFERRED = 'whether it may be sent again: taken from the reason'

/** Returned automated enrollments for federal payments (reference 4.4): no money moves. */
export const ENROLLMENT_RETURN_CODES = returnCodeRows(
  { by: 'federal_agency', frame: 'NONE', categories: ['enrollment'], onlyFor: ['ENR'], unconfirmed: INFERRED },
  {
    R40: {
      reason: 'The federal agency returns the enrollment at its discretion.',
      advice: 'The beneficiary enrolls with the agency directly.',
      again: 'no',
    },
    R41: { reason: 'The transaction code in the enrollment is not valid.', advice: MEND, again: 'fix' },
    R42: {
      reason: 'The routing number or its check digit in the enrollment is not valid.',
      advice: MEND,
      again: 'fix',
    },
    R43: { reason: 'The account number in the enrollment is not valid.', advice: MEND, again: 'fix' },
    R44: { reason: 'The identification number does not match the agency’s records.', advice: MEND, again: 'fix' },
    R45: { reason: 'The name does not match the agency’s records.', advice: MEND, again: 'fix' },
    R46: {
      reason: 'The representative payee indicator does not match the agency’s records.',
      advice: MEND,
      again: 'fix',
    },
    R47: { reason: 'The enrollment is a duplicate.', advice: 'Nothing to do.', again: 'no' },
  },
)

/** Returns of entries that go abroad (reference 4.4). */
export const GATEWAY_RETURN_CODES = returnCodeRows(
  { by: 'gateway', frame: '2BD', categories: ['gateway'], onlyFor: ['IAT'], unconfirmed: INFERRED },
  {
    R80: {
      reason: 'The international entry is coded wrongly: country, qualifier, exchange, currency or type code.',
      advice: MEND,
      again: 'fix',
    },
    R81: {
      reason: 'The gateway has no agreement with your bank.',
      advice: 'Ask your bank for another way abroad.',
      again: 'no',
    },
    R82: { reason: 'The identification of the foreign bank is not valid.', advice: MEND, again: 'fix' },
    R83: {
      reason: 'The foreign bank cannot settle.',
      advice: 'Ask the receiver for an account at another bank.',
      again: 'no',
    },
    R84: {
      reason: 'The gateway does not process the entry: too risky, or not supported.',
      advice: 'Ask your bank for another way abroad.',
      again: 'no',
    },
    R85: {
      reason: 'A payment that goes abroad was not coded IAT.',
      advice: 'Send it as IAT.',
      again: 'fix',
      onlyFor: null,
      notFor: ['IAT'],
      notes: ['The receiving bank may send it too.'],
    },
  },
)
