import { defineRecord, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/** Entry detail of TRC and XCK. In TRC discretionaryData is the item type. */
export const entryTruncatedCheck = defineRecord('entryTruncatedCheck', [
  ...entryHead,
  text('checkSerialNumber', 54, 'optional'),
  text('processControl', 60, 'required'),
  text('itemResearchNumber', 76, 'required'),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])
