export { accountNumberProblem, isMasked } from './account-number.ts'
export { addBankingDays, holidayName, isBankingDay, nextBankingDay } from './banking-day.ts'
export { type BuildResult, buildFile } from './build-file.ts'
export { type CivilDate, isCivilDate } from './civil-date.ts'
export { decodeFile } from './decode-file.ts'
export { encodeFile, type LineEnding } from './encode-file.ts'
export type { Field, FieldKind, Inclusion, RecordLayout, RecordValues } from './field.ts'
export { AchFile, type Batch, type Entries, type Entry } from './file.ts'
export { fileTotals, type Totals } from './file-totals.ts'
export type { BatchInput, EntryInput, FileInput } from './input.ts'
export type { Profile } from './profile.ts'
export { type Addenda05, addenda05 } from './records/addenda-05.ts'
export { type BatchControl, batchControl } from './records/batch-control.ts'
export { type BatchHeader, batchHeader } from './records/batch-header.ts'
export { type EntryDetail, entryDetail } from './records/entry-detail.ts'
export { type FileControl, fileControl } from './records/file-control.ts'
export { type FileHeader, fileHeader } from './records/file-header.ts'
export { isRoutingNumber } from './routing-number.ts'
export { checkDigitOf, routingNumberProblem } from './routing-number-problem.ts'
export { RULES, type Rule, type RuleId, type Severity } from './rules/rules.ts'
export { isSecCode, SEC_CODES, type SecCode, type SecCodeRow } from './sec-code.ts'
export { maximumLength, type TextField, textProblem } from './text-problem.ts'
export {
  type AccountType,
  type Direction,
  isCreditCode,
  type Purpose,
  TRANSACTION_CODES,
  type TransactionCode,
  transactionCodeFor,
} from './transaction-code.ts'
export { validateFile } from './validate-file.ts'
export { isAcceptable, type Violation } from './violation.ts'
