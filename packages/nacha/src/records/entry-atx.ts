import { blank, defineRecord, digits, number, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of ATX. discretionaryData of a refused acknowledgment is A1, A2 or A3. */
export const entryAtx = defineRecord('entryAtx', [
  ...entryHead,
  digits('originalEntryTraceNumber', 54),
  number('numberOfAddenda', 58),
  text('receivingCompanyName', 74, 'required'),
  blank('reserved', 76),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])
