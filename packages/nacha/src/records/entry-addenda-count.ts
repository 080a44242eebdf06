import { blank, defineRecord, number, text } from '../field.ts'
import { entryHead, entryTail } from './entry-parts.ts'

/**
 * Entry detail of CTX, ENR and TRX: the addenda are counted. In TRX discretionaryData is the item type, in ENR
 * receivingCompanyName the name of the federal agency.
 */
export const entryAddendaCount = defineRecord('entryAddendaCount', [
  ...entryHead,
  text('identificationNumber', 54, 'optional'),
  number('numberOfAddenda', 58),
  text('receivingCompanyName', 74, 'required'),
  blank('reserved', 76),
  text('discretionaryData', 78, 'optional'),
  ...entryTail,
])
