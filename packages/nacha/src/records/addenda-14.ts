import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Fifth addenda of an IAT entry: the receiving bank. Qualifiers as in addenda 13. */
export const addenda14 = defineRecord('addenda14', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '14'),
  text('rdfiName', 38),
  text('rdfiIdQualifier', 40),
  text('rdfiId', 74),
  text('rdfiBranchCountryCode', 77),
  blank('reserved', 87),
  digits('entryDetailSequenceNumber', 94),
])
