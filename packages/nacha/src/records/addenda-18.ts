import { blank, defineRecord, digits, literal, number, text } from '../field.ts'

/** A foreign correspondent bank of an IAT entry, up to five. Qualifiers as in addenda 13. */
export const addenda18 = defineRecord('addenda18', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '18'),
  text('correspondentBankName', 4, 38, 'mandatory'),
  text('correspondentBankIdQualifier', 39, 40, 'mandatory'),
  text('correspondentBankId', 41, 74, 'mandatory'),
  text('correspondentBankBranchCountryCode', 75, 77, 'mandatory'),
  blank('reserved', 78, 83),
  number('addendaSequenceNumber', 84, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
