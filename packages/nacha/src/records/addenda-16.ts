import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Seventh addenda of an IAT entry: `City*State\` and `CC*Code\` of the receiver. Positions 74 to 83 were reserved before. */
export const addenda16 = defineRecord('addenda16', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '16'),
  text('receiverCityState', 4, 38, 'mandatory'),
  text('receiverCountryPostalCode', 39, 73, 'mandatory'),
  text('receiverDateOfBirth', 74, 83, 'optional'),
  blank('reserved', 84, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
