import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of TRC and XCK. In TRC discretionaryData is the item type. */
export const entryTruncatedCheck = defineRecord('entryTruncatedCheck', [
  ...entryHead,
  text('checkSerialNumber', 40, 54, 'optional'),
  text('processControl', 55, 60, 'required'),
  text('itemResearchNumber', 61, 76, 'required'),
  text('discretionaryData', 77, 78, 'optional'),
  ...entryTail,
])
