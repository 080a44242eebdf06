import { defineRecord, type RecordValues, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/**
 * Entry detail of PPD, CCD, DNE and COR. In a CCD batch individualIdentification is the identification number and
 * individualName the name of the receiving company: same places, same widths.
 */
export const entryDetail = defineRecord('entryDetail', [
  ...entryHead,
  text('individualIdentification', 54, 'optional'),
  text('individualName', 76, 'required'),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])

export type EntryDetail = RecordValues<typeof entryDetail>
