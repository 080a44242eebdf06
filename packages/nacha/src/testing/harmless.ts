import { type Edit, put, settle } from './ach-lines.ts'

/** The same text in the header (line 8) and the control (line 12) of the second batch. */
const both =
  (header: number, control: number, text: string): Edit =>
  (lines) =>
    put(12, control, text)(put(8, header, text)(lines))

/** Edits after which nothing is wrong, in any profile: the edge of what the rules allow. */
export const harmless: Readonly<Record<string, readonly Edit[]>> = {
  'effective on the creation date': [put(8, 70, '261120')],
  'a reversal of debits by credits alone': [put(2, 54, 'REVERSAL  ')],
  'created at midnight': [put(1, 30, '0000')],
  'created a minute before midnight': [put(1, 30, '2359')],
  'no creation time': [put(1, 30, '    ')],
  'first file of a bank that counts from 0': [put(1, 34, '0')],
  'last file of a day': [put(1, 34, '9')],
  'batch numbers with a gap': [both(88, 88, '9999999')],
  'trace numbers with a gap': [put(11, 88, '9999999')],
  'a government originator': [put(8, 79, '2')],
  'class 200 for a batch of one direction': [both(2, 2, '200')],
  'a destination of ten characters as the bank wants it': [put(1, 4, '0091000019')],
  'a full account number': [put(3, 13, '12345678901234567')],
  'a full addenda': [put(10, 4, `${'X'.repeat(79)}\\`)],
  'the highest amount': [put(3, 30, '9999999999'), settle],
  'general ledger and loan credits': [put(3, 2, '42'), put(6, 2, '52')],
}
