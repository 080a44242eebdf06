import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Fifth addenda of an IAT entry: the receiving bank. Qualifiers as in addenda 13. */
export const addenda14 = defineRecord('addenda14', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '14'),
  text('rdfiName', 4, 38, 'mandatory'),
  text('rdfiIdQualifier', 39, 40, 'mandatory'),
  text('rdfiId', 41, 74, 'mandatory'),
  text('rdfiBranchCountryCode', 75, 77, 'mandatory'),
  blank('reserved', 78, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
