import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Fourth addenda of an IAT entry: the originating bank. Qualifier 01 national clearing number, 02 BIC, 03 IBAN. */
export const addenda13 = defineRecord('addenda13', [
  literal('recordType', 1, '7'),
  literal('addendaTypeCode', 3, '13'),
  text('odfiName', 38),
  text('odfiIdQualifier', 40),
  text('odfiId', 74),
  text('odfiBranchCountryCode', 77),
  blank('reserved', 87),
  digits('entryDetailSequenceNumber', 94),
])
