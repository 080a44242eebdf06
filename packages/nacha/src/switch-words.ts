import type { SwitchName } from './switches.ts'

/** What each switch allows, in words. */
export const SWITCH_WORDS: Readonly<Record<SwitchName, string>> = {
  bypassOriginValidation: 'any immediate origin, and traces of another ODFI',
  bypassDestinationValidation: 'any immediate destination',
  customTraceNumbers: 'trace numbers as they come: not ascending, of another ODFI, not repeated in addenda',
  allowZeroBatches: 'a file without batches',
  allowMissingFileHeader: 'a file without file header',
  allowMissingFileControl: 'a file without file control',
  allowPartialFile: 'a part of a file: records without the headers and controls around them',
  bypassCompanyIdentificationMatch: 'another company identification in the batch control',
  customReturnCodes: 'return codes that Nacha does not know',
  unequalServiceClassCode: 'another service class in the batch control',
  allowUnorderedBatchNumbers: 'batch numbers in any order',
  allowInvalidCheckDigit: 'a wrong check digit of the receiving bank',
  unequalAddendaCounts: 'wrong entry/addenda counts',
  allowInvalidAmounts: 'amounts that do not go with the transaction code',
  allowZeroEntryAmount: 'payments of zero',
  allowSpecialCharacters: 'characters that not every bank takes',
  allowEmptyIndividualName: 'entries without name',
  skipFileCreationValidation: 'any creation date and time',
  skipBatchHeaderCompanyValidation: 'any company name, identification and description',
  bypassBatchValidation: 'anything in batches: only the reading and the file are checked',
  skipAll: 'anything that can be read',
}
