import { defineRecord, digits, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of ACK. discretionaryData of a refused acknowledgment is A1, A2 or A3. */
export const entryAcknowledgment = defineRecord('entryAcknowledgment', [
  ...entryHead,
  digits('originalEntryTraceNumber', 54),
  text('individualName', 76, 'required'),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])
