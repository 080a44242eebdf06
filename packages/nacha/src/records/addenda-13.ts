import { blank, defineRecord, digits, literal, text } from '../field.ts'

/** Fourth addenda of an IAT entry: the originating bank. Qualifier 01 national clearing number, 02 BIC, 03 IBAN. */
export const addenda13 = defineRecord('addenda13', [
  literal('recordType', 1, 1, '7'),
  literal('addendaTypeCode', 2, 3, '13'),
  text('odfiName', 4, 38, 'mandatory'),
  text('odfiIdQualifier', 39, 40, 'mandatory'),
  text('odfiId', 41, 74, 'mandatory'),
  text('odfiBranchCountryCode', 75, 77, 'mandatory'),
  blank('reserved', 78, 87),
  digits('entryDetailSequenceNumber', 88, 94, 'mandatory'),
])
