import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of CIE and MTE: name and identification stand the other way round than elsewhere. */
export const entrySwapped = defineRecord('entrySwapped', [
  ...entryHead,
  text('individualName', 54, 'required'),
  text('individualIdentification', 76),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])
