import { returnCodeRows } from './return-code-row.ts'

const SETTLE = 'After this the matter leaves the network: the banks settle it between themselves.'
const COMES_BACK = 'The money of the return goes back to the receiving bank, unless it contests.'

/** Dishonored returns: the originating bank answers a return (reference 4.5). */
export const DISHONOR_RETURN_CODES = returnCodeRows(
  { kind: 'dishonored', by: 'odfi', frame: '5BD', categories: ['dishonored'], notFor: ['IAT'] },
  {
    R61: { reason: 'The return came to the wrong bank.', advice: COMES_BACK, again: 'no' },
    R62: {
      reason: 'The return of an erroneous debit, or of its reversal, left the receiver with money not due.',
      advice: COMES_BACK,
      again: 'no',
      from: '2015-03-20',
    },
    R67: { reason: 'The same entry was returned twice.', advice: COMES_BACK, again: 'no' },
    R68: { reason: 'The return came too late.', advice: COMES_BACK, again: 'no' },
    R69: {
      reason: 'Fields of the return are wrong.',
      advice: COMES_BACK,
      again: 'no',
      notes: [
        'The addenda lists the fields, as in `01*03`: 01 account number, 02 original trace number, 03 amount, ' +
          '04 individual or identification number, 05 transaction code, 06 company identification, 07 effective entry date.',
      ],
    },
    R70: {
      reason: 'The return says that it was agreed or requested (R06, R31), but it was not.',
      advice: COMES_BACK,
      again: 'no',
    },
  },
)

/** Contested dishonored returns: the receiving bank answers the dishonor (reference 4.5). */
export const CONTEST_RETURN_CODES = returnCodeRows(
  { kind: 'contested', by: 'rdfi', frame: '2BD-D', categories: ['contested'], notFor: ['IAT'] },
  {
    R71: { reason: 'The dishonored return came to the wrong bank.', advice: SETTLE, again: 'no' },
    R72: { reason: 'The dishonored return came too late.', advice: SETTLE, again: 'no' },
    R73: {
      reason: 'The return was in time.',
      advice: SETTLE,
      again: 'no',
      answers: 'R68',
      notes: ['The date the entry was returned and its settlement date are mandatory.'],
    },
    R74: {
      reason: 'The return, corrected.',
      advice: 'The corrected fields are in the record: the return stands.',
      again: 'no',
      answers: 'R69',
    },
    R75: { reason: 'The return was no duplicate.', advice: SETTLE, again: 'no', answers: 'R67' },
    R76: { reason: 'The return has no errors.', advice: SETTLE, again: 'no', answers: 'R69' },
    R77: {
      reason: 'The dishonor for money not due is not accepted: both entries were returned, or the money is gone.',
      advice: SETTLE,
      again: 'no',
      answers: 'R62',
      from: '2015-03-20',
    },
  },
)
