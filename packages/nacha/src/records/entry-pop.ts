import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of POP: the check and the terminal where it was presented. */
export const entryPop = defineRecord('entryPop', [
  ...entryHead,
  text('checkSerialNumber', 48),
  text('terminalCity', 52),
  text('terminalState', 54),
  text('individualName', 76, 'optional'),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])
