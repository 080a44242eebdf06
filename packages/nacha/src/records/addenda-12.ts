import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Third addenda of an IAT entry: `City*State\` and `CC*Code\` of the originator. Positions 74 to 83 were reserved before. */
export const addenda12 = defineRecord('addenda12', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '12'),
  text('originatorCityState', 4, 38, 'mandatory'),
  text('originatorCountryPostalCode', 39, 73, 'mandatory'),
  text('originatorDateOfBirth', 74, 83, 'optional'),
  blank('reserved', 84, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
