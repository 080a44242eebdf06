import { blank, defineRecord, digits, number, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of ATX. discretionaryData of a refused acknowledgment is A1, A2 or A3. */
export const entryAtx = defineRecord('entryAtx', [
  ...entryHead,
  digits('originalEntryTraceNumber', 40, 54, 'mandatory'),
  number('numberOfAddenda', 55, 58),
  text('receivingCompanyName', 59, 74, 'required'),
  blank('reserved', 75, 76),
  text('discretionaryData', 77, 78, 'optional'),
  ...entryTail,
])
