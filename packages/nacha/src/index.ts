export { accountNumberProblem, isMasked } from './account-number.ts'
export { type AddendaContext, type Category, categoryOf } from './addenda-kind.ts'
export {
  addBankingDays,
  bankingDayOnOrAfter,
  bankingDayOnOrBefore,
  bankingDaysBetween,
  isBankingDay,
  nextBankingDay,
} from './banking-day.ts'
export { type BuildOptions, type BuildResult, buildFile } from './build-file.ts'
export type { Dated } from './calendar/dated.ts'
export { addDays, daysBetween } from './calendar/day-number.ts'
export { type Deadline, deadline, type Edge, isMissed } from './calendar/deadline.ts'
export { DEADLINES, type DeadlineKey, type Term } from './calendar/deadline-table.ts'
export { type ExpectedSettlement, expectedSettlement, type SettlementReason } from './calendar/expected-settlement.ts'
export { dateOfJulianDay, julianDay } from './calendar/julian-day.ts'
export { type ReversalDeadline, reversalDeadline } from './calendar/reversal-deadline.ts'
export {
  OPERATOR_WINDOWS,
  type OperatorWindow,
  SAME_DAY_LIMITS,
  type SameDayEntry,
  type SameDayProblem,
  sameDayIndicator,
  sameDayLimitCents,
  sameDayProblem,
} from './calendar/same-day.ts'
export {
  type Cutoff,
  type CutoffSchedule,
  type EffectiveDate,
  latestEffectiveDate,
  MAXIMUM_LEAD_DAYS,
  NETWORK_TIME_ZONE,
  nextEffectiveDate,
  OPERATOR_SCHEDULE,
  type OpenCutoff,
  openCutoffs,
  sendingWindow,
} from './calendar/schedule.ts'
export { type ClockTime, civilDateAt, type Instant, type ZoneClock, zoneClock } from './calendar/zone-clock.ts'
export { CHANGE_CODES, type ChangeCode, changeCode, changeCodeProblem, SINGLE_ENTRY_SEC_CODES } from './change-code.ts'
export { type ChangeKind, changeCodeKind } from './change-code-kind.ts'
export { checkHistory, type HistoryOptions } from './check-history.ts'
export { type CivilDate, isCivilDate } from './civil-date.ts'
export {
  type CorrectedData,
  type CorrectedDataOptions,
  type CorrectedDataProblem,
  type CorrectedDataReading,
  type CorrectedDataText,
  formatCorrectedData,
  parseCorrectedData,
} from './corrected-data.ts'
export {
  CORRECTED_DATA,
  type CorrectedDataRow,
  type CorrectedField,
  type CorrectedPlace,
} from './corrected-data-layout.ts'
export { type DecodeOptions, decodeFile } from './decode-file.ts'
export { type EncodeOptions, encodeFile, encodeStream, type LineEnding } from './encode-file.ts'
export { Entries, Entry, type EntryLayout } from './entries.ts'
export type { Field, FieldKind, Inclusion, NamedValues, RecordLayout, RecordValues } from './field.ts'
export { AchFile, type Batch } from './file.ts'
export type { CheckContext } from './file-check.ts'
export { fileTotals, type Totals } from './file-totals.ts'
export type { EarlierEntry, History } from './history/history.ts'
export type { ReturnedDebits } from './history/return-rate.ts'
export { holidayName, holidaysOf } from './holidays.ts'
export type {
  AddendaInput,
  AnyEntry,
  BatchInput,
  EntryInput,
  EntryInputOf,
  FileInput,
  IatBatchInput,
  StandardBatchInput,
} from './input.ts'
export {
  ADDENDA_LAYOUTS,
  type AddendaLayoutName,
  type AddendaRecord,
  ENTRY_LAYOUTS,
  type EntryLayoutName,
  type EntryRecord,
} from './layouts.ts'
export * from './operations/operations.ts'
export type { Profile } from './profile.ts'
export { readStream, type StreamItem } from './read-stream.ts'
export { RECORD_LAYOUTS } from './record-layouts.ts'
export { type Addenda05, addenda05 } from './records/addenda-05.ts'
export { type BatchControl, batchControl } from './records/batch-control.ts'
export { type BatchControlAdv, batchControlAdv } from './records/batch-control-adv.ts'
export { type BatchHeader, batchHeader } from './records/batch-header.ts'
export { type BatchHeaderIat, batchHeaderIat } from './records/batch-header-iat.ts'
export { type EntryDetail, entryDetail } from './records/entry-detail.ts'
export { type FileControl, fileControl } from './records/file-control.ts'
export { type FileControlAdv, fileControlAdv } from './records/file-control-adv.ts'
export { type FileHeader, fileHeader } from './records/file-header.ts'
export type { Records } from './records.ts'
export { RETURN_CODES, RETURN_RATE_LEVELS, type ReturnRateLevel, returnCode, returnCodeProblem } from './return-code.ts'
export {
  isQuestionable,
  maySendAgain,
  type ReturnedEntry,
  type SendAgain,
  type SendAgainAnswer,
} from './return-code-again.ts'
export { type ReturnDates, returnDeadline } from './return-code-deadline.ts'
export { isCustomReturnCode, type ReturnKind, returnCodeKind } from './return-code-kind.ts'
export type {
  ReturnCategory,
  ReturnCode,
  ReturnCodeChange,
  SendAgainRule,
  TimeFrame,
} from './return-code-row.ts'
export { isRoutingNumber } from './routing-number.ts'
export { checkDigitOf, routingNumberProblem } from './routing-number-problem.ts'
export { RULES, type Rule, type RuleId, type Severity } from './rules/rules.ts'
export { isSecCode, SEC_CODES, type SecCode, type SecCodeRow } from './sec-code.ts'
export type { SecTraits } from './sec-traits.ts'
export type { BatchSpan, Structure } from './structure.ts'
export { SWITCHES } from './switch-rules.ts'
export { SWITCH_WORDS } from './switch-words.ts'
export { LENIENT_SWITCHES, type SwitchName } from './switches.ts'
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
export { type ValidateOptions, validateFile, validateStream } from './validate-file.ts'
export { isAcceptable, type Strictness, type Violation } from './violation.ts'
