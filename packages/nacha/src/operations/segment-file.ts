import type { AchFile } from '../file.ts'
import { batchHeader } from '../records/batch-header.ts'
import { fileHeader } from '../records/file-header.ts'
import type { Violation } from '../violation.ts'
import { finished, type OperationOptions } from './assemble.ts'
import { isCreditEntry } from './batch-amounts.ts'
import { type BatchDraft, draftOf } from './draft.ts'
import { nextFileIdModifier } from './file-stamp.ts'
import { type OperationProblem, Problems } from './problem.ts'
import { edited, numberOf, textOf } from './record-edit.ts'

export interface SegmentOptions extends OperationOptions {
  /** Of the file of debits; the one after that of the file when left out. Files of a day need different ones. */
  readonly debitFileIdModifier?: string | undefined
}

export interface SegmentResult {
  /** Null when there are no credits, and when there are problems. */
  readonly credits: AchFile | null
  readonly debits: AchFile | null
  readonly problems: readonly OperationProblem[]
  readonly violations: readonly Violation[]
}

const { serviceClassCode } = batchHeader.field
const { fileIdModifier } = fileHeader.field

function oneSide(batches: readonly BatchDraft[], isCredit: boolean, problems: Problems): BatchDraft[] {
  return batches.flatMap((batch) => {
    const entries = batch.entries.filter((entry) => isCreditEntry(batch, entry) === isCredit)
    if (entries.length === 0) return []
    const serviceClass = batch.isAdv ? 280 : isCredit ? 220 : 225
    const header = edited(batch.header, [[serviceClassCode, serviceClass]], problems)
    return [{ ...batch, header, entries }]
  })
}

/** A mixed batch changes; an authentication code is made over its records. */
function refuseAuthenticated(batches: readonly BatchDraft[], problems: Problems): void {
  for (const [index, { header, controlText, isAdv }] of batches.entries()) {
    if (isAdv || controlText === '' || numberOf(header, serviceClassCode) !== 200) continue
    const message = 'The batch carries an authentication code, which a change of it would break'
    problems.add('batch.authenticated', message, { batch: index })
  }
}

/** The modifier after one: that of `B` is `C`, of `Z` is `0`; null after `9`, the last one. */
function modifierAfter(modifier: string): string | null {
  const passed: string[] = []
  for (let next = nextFileIdModifier(passed); next !== null; next = nextFileIdModifier(passed)) {
    passed.push(next)
    if (next === modifier) return nextFileIdModifier(passed)
  }
  return null
}

/**
 * One file for the credits and one for the debits (reference 8.9): mixed batches (200) become one of class 220 and one
 * of 225. Every entry keeps its bytes, batches their numbers; the file of debits has another file id modifier.
 */
export function segmentFile(file: AchFile, options: SegmentOptions = {}): SegmentResult {
  const problems = new Problems()
  const refused = (violations: readonly Violation[] = []) =>
    ({ credits: null, debits: null, problems: problems.list, violations }) as const
  const draft = draftOf(file, problems)
  if (!draft) return refused()
  refuseAuthenticated(draft.batches, problems)
  const credits = oneSide(draft.batches, true, problems)
  const debits = oneSide(draft.batches, false, problems)
  if (credits.length + debits.length === 0) problems.add('file.none', 'The file has no entries')
  let debitHeader = draft.header
  if (credits.length > 0 && debits.length > 0) {
    const modifier = options.debitFileIdModifier ?? modifierAfter(textOf(draft.header, fileIdModifier))
    const message = 'There is no file id modifier after the last one: give that of the file of debits'
    if (modifier === null) problems.add('file.modifiers_used_up', message)
    else debitHeader = edited(draft.header, [[fileIdModifier, modifier]], problems)
  }
  if (!problems.isEmpty) return refused()
  const made = [
    { header: draft.header, batches: credits },
    { header: debitHeader, batches: debits },
  ].map((each) => (each.batches.length > 0 ? finished(each, new Problems(), options) : null))
  const violations = made.flatMap((outcome) => outcome?.violations ?? [])
  for (const outcome of made) problems.list.push(...(outcome?.problems ?? []))
  if (!problems.isEmpty) return refused(violations)
  return { credits: made[0]?.file ?? null, debits: made[1]?.file ?? null, problems: [], violations }
}
