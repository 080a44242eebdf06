import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of ARC, BOC and RCK: the serial number of the check. ARC and BOC may go without a name. */
export const entryCheck = defineRecord('entryCheck', [
  ...entryHead,
  text('checkSerialNumber', 54),
  text('individualName', 76, 'optional'),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])
