import { blank, defineRecord, digits, literal, number, text } from '../field.ts'

/** A foreign correspondent bank of an IAT entry, up to five. Qualifiers as in addenda 13. */
export const addenda18 = defineRecord('addenda18', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '18'),
  text('correspondentBankName', 38),
  text('correspondentBankIdQualifier', 40),
  text('correspondentBankId', 74),
  text('correspondentBankBranchCountryCode', 77),
  blank('reserved', 83),
  number('addendaSequenceNumber', 87),
  digits('entryDetailSequenceNumber', 94),
])
