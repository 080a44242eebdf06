export {
  type ChildSupportPayment,
  formatChildSupport,
  parseChildSupport,
} from './addenda-text/ded.ts'
export type { DateForm } from './addenda-text/element.ts'
export {
  cutAddendaTexts,
  formatRemittanceItem,
  joinAddendaTexts,
  parseRemittance,
  type RemittanceItem,
} from './addenda-text/remittance.ts'
export {
  readSegments,
  type Segment,
  type SegmentProblem,
  type SegmentReading,
  type SegmentWriting,
  writeSegment,
} from './addenda-text/segment.ts'
export { formatTaxPayment, parseTaxPayment, type TaxPayment } from './addenda-text/txp.ts'
export { type AnnotatedField, type AnnotatedRecord, type AnnotateOptions, annotate, annotations } from './annotate.ts'
export type { OperationOptions } from './assemble.ts'
export { type BalanceOptions, balanceFile } from './balance-file.ts'
export { transactionWords } from './code-words.ts'
export { type ContestOrder, contestDishonoredReturns } from './contest-dishonored.ts'
export {
  type BatchDescription,
  type DescribeOptions,
  describeFile,
  descriptionLines,
  type EntryDescription,
  type FileDescription,
} from './describe-file.ts'
export type { EntryDiff } from './diff-entries.ts'
export { type BatchDiff, diffFiles, type FileDiff, isSameFile } from './diff-files.ts'
export type { DiffOptions, FieldChange } from './diff-records.ts'
export { type DishonorOrder, dishonorReturns } from './dishonor-returns.ts'
export { type FileParties, type FileStamp, nextFileIdModifier } from './file-stamp.ts'
export { flattenBatches } from './flatten-batches.ts'
export type { FromJsonResult } from './file-of-json.ts'
export { fromJson } from './from-json.ts'
export { type FromMoovJsonResult, fromMoovJson } from './from-moov-json.ts'
export type { JsonProblem } from './json-reader.ts'
export {
  type AddendaJson,
  type BatchJson,
  type EntryJson,
  type FileJson,
  JSON_FORMAT,
  type RecordJson,
} from './json-shape.ts'
export {
  type AcknowledgmentOptions,
  type AcknowledgmentOrder,
  type AcknowledgmentRefusal,
  makeAcknowledgments,
  refuseAcknowledgments,
} from './make-acknowledgments.ts'
export { makeNotifications, type NotificationOrder } from './make-notifications.ts'
export { makePrenotes, type PrenoteOptions, prenoteCodeFor } from './make-prenotes.ts'
export { makeReturns, type ReturnOrder } from './make-returns.ts'
export { maskFile } from './mask-file.ts'
export { type MergedFile, type MergeOptions, type MergeResult, mergeFiles } from './merge-files.ts'
export { type MicroEntryBatch, type MicroEntryResult, type MicroEntryTest, microEntryBatch } from './micro-entries.ts'
export type { OffsetAccount } from './offset-account.ts'
export type { EntryPlace, OperationProblem, OperationProblemCode, Outcome } from './problem.ts'
export { type RefusalOrder, refuseNotifications } from './refuse-notifications.ts'
export type { ReplyOptions, ReplyOrder } from './reply.ts'
export type { AnswerDay } from './reply-time.ts'
export type { ReversalMoment } from './reversal-time.ts'
export { type ReversalLink, type ReversalOptions, type ReversalResult, reverseFile } from './reverse-file.ts'
export { type SegmentOptions, type SegmentResult, segmentFile } from './segment-file.ts'
export type { EntrySelection } from './selection.ts'
export type { FileLimits } from './split-by-limits.ts'
export { type ToJsonOptions, toJson, toJsonText } from './to-json.ts'
export { toMoovJson, toMoovJsonText } from './to-moov-json.ts'
