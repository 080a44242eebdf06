import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of POP: the check and the terminal where it was presented. */
export const entryPop = defineRecord('entryPop', [
  ...entryHead,
  text('checkSerialNumber', 40, 48, 'mandatory'),
  text('terminalCity', 49, 52, 'mandatory'),
  text('terminalState', 53, 54, 'mandatory'),
  text('individualName', 55, 76, 'optional'),
  text('discretionaryData', 77, 78, 'optional'),
  ...entryTail,
])
