import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Seventh addenda of an IAT entry: `City*State\` and `CC*Code\` of the receiver. Positions 74 to 83 were reserved before. */
export const addenda16 = defineRecord('addenda16', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '16'),
  text('receiverCityState', 38),
  text('receiverCountryPostalCode', 73),
  text('receiverDateOfBirth', 83, 'optional'),
  blank('reserved', 87),
  digits('entryDetailSequenceNumber', 94),
])
