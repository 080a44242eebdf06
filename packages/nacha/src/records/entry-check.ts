import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of ARC, BOC and RCK: the serial number of the check. ARC and BOC may go without a name. */
export const entryCheck = defineRecord('entryCheck', [
  ...entryHead,
  text('checkSerialNumber', 40, 54, 'mandatory'),
  text('individualName', 55, 76, 'optional'),
  text('discretionaryData', 77, 78, 'optional'),
  ...entryTail,
])
