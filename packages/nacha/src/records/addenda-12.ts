import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Third addenda of an IAT entry: `City*State\` and `CC*Code\` of the originator. Positions 74 to 83 were reserved before. */
export const addenda12 = defineRecord('addenda12', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '12'),
  text('originatorCityState', 38),
  text('originatorCountryPostalCode', 73),
  text('originatorDateOfBirth', 83, 'optional'),
  blank('reserved', 87),
  digits('entryDetailSequenceNumber', 94),
])
