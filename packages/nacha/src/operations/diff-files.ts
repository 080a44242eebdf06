import { RECORD_LENGTH, type RecordLayout } from '../field.ts'
import type { AchFile } from '../file.ts'
import { batchControl } from '../records/batch-control.ts'
import { batchControlAdv } from '../records/batch-control-adv.ts'
import { batchHeader } from '../records/batch-header.ts'
import { batchHeaderIat } from '../records/batch-header-iat.ts'
import { fileControl } from '../records/file-control.ts'
import { fileControlAdv } from '../records/file-control-adv.ts'
import { fileHeader } from '../records/file-header.ts'
import { diffEntries, type EntryDiff, paired } from './diff-entries.ts'
import { type DiffOptions, diffRecords, type FieldChange } from './diff-records.ts'
import { type BatchDraft, draftOf } from './draft.ts'
import { bytesKey } from './join-batches.ts'
import { type OperationProblem, Problems } from './problem.ts'
import { traceOf } from './record-edit.ts'

export interface BatchDiff {
  readonly kind: 'added' | 'removed' | 'changed'
  /** Index in the file before and after, from 0; null where it is not. */
  readonly before: number | null
  readonly after: number | null
  readonly header: readonly FieldChange[]
  readonly entries: readonly EntryDiff[]
  readonly control: readonly FieldChange[]
}

export interface FileDiff {
  readonly header: readonly FieldChange[]
  /** Batches that differ, in the order of the file after. */
  readonly batches: readonly BatchDiff[]
  readonly control: readonly FieldChange[]
  /** What kept files from being compared: all else is empty then. */
  readonly problems: readonly OperationProblem[]
}

/** True when nothing differs. */
export function isSameFile({ header, batches, control, problems }: FileDiff): boolean {
  return header.length + batches.length + control.length + problems.length === 0
}

interface Numbered {
  readonly batch: BatchDraft
  readonly control: Uint8Array
}

function recordAt({ records }: AchFile, index: number): Uint8Array {
  return records.bytes.subarray(records.at(index), records.at(index) + RECORD_LENGTH)
}

const { batchNumber } = batchHeader.field
const byHeader = ({ batch }: Numbered) => bytesKey(batch.header, 0, RECORD_LENGTH)
const byFields = ({ batch }: Numbered) => bytesKey(batch.header, 0, batchNumber.start)
/** SEC code, company and first trace number: the same batch with something changed. */
const byFirstTrace = ({ batch }: Numbered) =>
  `${batch.secCode} ${traceOf(batch.entries[0]?.record ?? new Uint8Array(94))}`
const byCompany = ({ batch }: Numbered) => `${batch.secCode} ${bytesKey(batch.header, 40, 50)}`

function diffBatch(one: Numbered | undefined, other: Numbered | undefined, options: DiffOptions) {
  const { batch } = other ?? one ?? { batch: null }
  const headerLayout: RecordLayout = batch?.isIat ? batchHeaderIat : batchHeader
  const controlLayout: RecordLayout = batch?.isAdv ? batchControlAdv : batchControl
  return {
    header: diffRecords(one?.batch.header, other?.batch.header, headerLayout, options),
    entries: diffEntries(one?.batch, other?.batch, options),
    control: diffRecords(one?.control, other?.control, controlLayout, options),
  }
}

function diffBatches(ones: readonly Numbered[], others: readonly Numbered[], options: DiffOptions): BatchDiff[] {
  const diffs: BatchDiff[] = []
  for (const [before, after] of paired(ones, others, [byHeader, byFields, byFirstTrace, byCompany])) {
    const one = before === null ? undefined : ones[before]
    const other = after === null ? undefined : others[after]
    const diff = diffBatch(one, other, options)
    const isSame = diff.header.length + diff.entries.length + diff.control.length === 0
    if (one && other && isSame) continue
    diffs.push({ kind: one ? (other ? 'changed' : 'removed') : 'added', before, after, ...diff })
  }
  return diffs.toSorted((a, b) => (a.after ?? a.before ?? 0) - (b.after ?? b.before ?? 0))
}

/**
 * What differs between two files (reference 8.17), field by field. Batches are matched by their headers, entries by trace
 * number, then by content; filler and line ends do not count. Values of receivers are masked unless told otherwise.
 */
export function diffFiles(before: AchFile, after: AchFile, options: DiffOptions = {}): FileDiff {
  const problems = new Problems()
  const one = draftOf(before, problems, 0)
  const other = draftOf(after, problems, 1)
  if (!one || !other) return { header: [], batches: [], control: [], problems: problems.list }
  const numbered = (file: AchFile, batches: readonly BatchDraft[]) =>
    batches.map((batch, index) => ({ batch, control: recordAt(file, file.structure.batches[index]?.control ?? 0) }))
  const layout: RecordLayout = before.controlAdv && after.controlAdv ? fileControlAdv : fileControl
  return {
    header: diffRecords(one.header, other.header, fileHeader, options),
    batches: diffBatches(numbered(before, one.batches), numbered(after, other.batches), options),
    control: diffRecords(
      recordAt(before, before.structure.control),
      recordAt(after, after.structure.control),
      layout,
      options,
    ),
    problems: [],
  }
}
