import type { CivilDate } from '../civil-date.ts'
import type { AchFile } from '../file.ts'
import { fileHeader } from '../records/file-header.ts'
import type { Violation } from '../violation.ts'
import { finished, type OperationOptions } from './assemble.ts'
import { type BatchDraft, draftOf, type FileDraft } from './draft.ts'
import { nextFileIdModifier, stamped } from './file-stamp.ts'
import { bytesKey, joinBatches, numbered } from './join-batches.ts'
import { type EntryPlace, type OperationProblem, Problems } from './problem.ts'
import { textOf } from './record-edit.ts'
import { type FileLimits, splitByLimits } from './split-by-limits.ts'

export interface MergeOptions extends FileLimits, OperationOptions {
  /**
   * Day and time of the merged files. With it files of different days and times merge; without it they keep theirs and
   * only files that have the same ones merge.
   */
  readonly stamp?: { readonly fileCreationDate: CivilDate; readonly fileCreationTime?: string } | undefined
}

export interface MergedFile {
  readonly file: AchFile
  /** Warnings and information; never errors. */
  readonly violations: readonly Violation[]
  /** Where each entry came from: `sources[batch][entry]` is its place in the files given. */
  readonly sources: readonly (readonly EntryPlace[])[]
}

/** All files, or none and everything that stands in the way. */
export interface MergeResult {
  readonly files: readonly MergedFile[]
  readonly problems: readonly OperationProblem[]
  /** What is wrong with results that were refused. */
  readonly violations: readonly Violation[]
}

const { fileCreationDate, fileCreationTime, fileIdModifier } = fileHeader.field

/** Files merge when this is equal: every field of the header but the modifier, and ADV apart from the rest. */
function groupKey({ header, batches }: FileDraft, hasStamp: boolean): string {
  const copy = header.slice()
  const ignored = hasStamp ? [fileIdModifier, fileCreationDate, fileCreationTime] : [fileIdModifier]
  for (const { start, length } of ignored) copy.fill(0, start, start + length)
  return `${batches[0]?.isAdv ?? false} ${bytesKey(copy, 0, copy.length)}`
}

interface Group {
  readonly header: Uint8Array
  readonly modifiers: string[]
  readonly batches: BatchDraft[]
}

function groupsOf(drafts: readonly FileDraft[], hasStamp: boolean): Group[] {
  const groups = new Map<string, Group>()
  for (const draft of drafts) {
    const key = groupKey(draft, hasStamp)
    const group = groups.get(key) ?? { header: draft.header, modifiers: [], batches: [] }
    groups.set(key, group)
    group.modifiers.push(textOf(draft.header, fileIdModifier))
    for (const batch of draft.batches) group.batches.push(batch)
  }
  return [...groups.values()]
}

/** Same origin, destination and day: the modifier must tell these files apart, in whatever group they are. */
function dayKey(header: Uint8Array): string {
  const { start } = fileHeader.field.immediateDestination
  return bytesKey(header, start, fileCreationDate.start + fileCreationDate.length)
}

class Modifiers {
  readonly #taken = new Map<string, Set<string>>()

  constructor(drafts: readonly FileDraft[]) {
    for (const { header } of drafts) this.#of(header).add(textOf(header, fileIdModifier))
  }

  #of(header: Uint8Array): Set<string> {
    const key = dayKey(header)
    const known = this.#taken.get(key) ?? new Set()
    this.#taken.set(key, known)
    return known
  }

  /** One of the group's own that is left, else the next that no file of the day has. */
  take(header: Uint8Array, own: string[]): string | null {
    const taken = this.#of(header)
    const modifier = own.shift() ?? nextFileIdModifier(taken)
    if (modifier !== null) taken.add(modifier)
    return modifier
  }
}

function headerFor(group: Group, modifiers: Modifiers, stamp: MergeOptions['stamp'], problems: Problems): Uint8Array {
  const date = stamp ? stamped(group.header, { ...stamp, fileIdModifier: 'A' }, problems) : group.header
  const modifier = modifiers.take(date, group.modifiers)
  if (modifier === null) {
    problems.add('file.modifiers_used_up', 'All 36 file id modifiers of the day are taken')
    return date
  }
  const copy = date.slice()
  copy[fileIdModifier.start] = modifier.charCodeAt(0)
  return copy
}

/**
 * Puts files together into as few as there can be (reference 8.7). Only files whose headers are equal in every field
 * (but the file id modifier, and with `stamp` the day and time) merge, batches as `flattenBatches` joins them; every
 * entry keeps its bytes, batches are numbered anew. Past a limit the next file begins, with the next free modifier;
 * balanced batches and micro-entries are never split.
 */
export function mergeFiles(files: readonly AchFile[], options: MergeOptions = {}): MergeResult {
  const problems = new Problems()
  const drafts = files.map((file, index) => draftOf(file, problems, index)).filter((draft) => draft !== null)
  if (files.length === 0) problems.add('file.none', 'There are no files to merge')
  if (!problems.isEmpty) return { files: [], problems: problems.list, violations: [] }
  const groups = groupsOf(drafts, options.stamp !== undefined)
  if (options.stamp) for (const { modifiers } of groups) modifiers.length = 0
  const modifiers = new Modifiers(options.stamp ? [] : drafts)
  const merged: MergedFile[] = []
  const violations: Violation[] = []
  for (const group of groups) {
    for (const part of splitByLimits(joinBatches(group.batches), options, problems)) {
      const header = headerFor(group, modifiers, options.stamp, problems)
      const batches = numbered(part, problems)
      const outcome = finished({ header, batches }, new Problems(), options)
      const sources = batches.map(({ entries }) => entries.map(({ place }) => place))
      if (outcome.file) merged.push({ file: outcome.file, violations: outcome.violations, sources })
      else violations.push(...outcome.violations)
      for (const problem of outcome.problems) problems.list.push(problem)
    }
  }
  return problems.isEmpty
    ? { files: merged, problems: [], violations: [] }
    : { files: [], problems: problems.list, violations }
}
