import { defineRecord, digits, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of POS. */
export const entryPos = defineRecord('entryPos', [
  ...entryHead,
  text('individualIdentification', 54, 'optional'),
  text('individualName', 76, 'required'),
  digits('cardTransactionType', 78),
  ...entryTail,
])
