import { type AddendaContext, addendaLayoutAt } from '../addenda-kind.ts'
import { addenda05 } from '../records/addenda-05.ts'
import { entryDetail } from '../records/entry-detail.ts'
import { type DiffOptions, diffRecords, type FieldChange } from './diff-records.ts'
import { type BatchDraft, type EntryDraft, entryLayoutOf } from './draft.ts'
import { bytesKey } from './join-batches.ts'
import { maskedText } from './masked-text.ts'
import { traceOf } from './record-edit.ts'

/** An entry that is there once only, or that differs. */
export interface EntryDiff {
  readonly kind: 'added' | 'removed' | 'changed'
  /** Index in the batch before and after, from 0; null where it is not. */
  readonly before: number | null
  readonly after: number | null
  readonly traceNumber: string
  /** Fields of the entry and its addenda. */
  readonly fields: readonly FieldChange[]
}

type Pair = readonly [number | null, number | null]

const { traceNumber } = entryDetail.field
const byTrace = ({ record }: EntryDraft) => traceOf(record)
const byContent = ({ record }: EntryDraft) => bytesKey(record, 0, traceNumber.start)
/** Bank, account and amount: who gets what. */
const byPayment = ({ record }: EntryDraft) => bytesKey(record, 3, 39)

/** Pairs what has the same key, in order; what is left waits for the next key. */
export function paired<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keys: readonly ((item: Item) => string)[],
): Pair[] {
  const pairs: Pair[] = []
  let left = before.map((_, index) => index)
  let right = after.map((_, index) => index)
  const keyAt = (items: readonly Item[], index: number, key: (item: Item) => string) => {
    const item = items[index]
    return item === undefined ? '' : key(item)
  }
  for (const key of keys) {
    const waiting = new Map<string, number[]>()
    for (const index of right.toReversed()) {
      const name = keyAt(after, index, key)
      const found = waiting.get(name)
      if (found) found.push(index)
      else waiting.set(name, [index])
    }
    const taken = new Set<number>()
    left = left.filter((index) => {
      const other = waiting.get(keyAt(before, index, key))?.pop()
      if (other === undefined) return true
      pairs.push([index, other])
      taken.add(other)
      return false
    })
    right = right.filter((index) => !taken.has(index))
  }
  return [...pairs, ...left.map((index) => [index, null] as const), ...right.map((index) => [null, index] as const)]
}

function addendaChanges(
  before: EntryDraft | undefined,
  after: EntryDraft | undefined,
  context: AddendaContext,
  options: DiffOptions,
): FieldChange[] {
  const count = Math.max(before?.addenda.length ?? 0, after?.addenda.length ?? 0)
  return Array.from({ length: count }, (_, index) => {
    const one = before?.addenda[index]
    const other = after?.addenda[index]
    const layoutOf = (record: Uint8Array | undefined) => record && addendaLayoutAt(record, 0, context)
    const [oneLayout, otherLayout] = [layoutOf(one) ?? addenda05, layoutOf(other) ?? addenda05]
    if (!one || !other || oneLayout === otherLayout) {
      return diffRecords(one, other, one ? oneLayout : otherLayout, options)
    }
    return [...diffRecords(one, undefined, oneLayout, options), ...diffRecords(undefined, other, otherLayout, options)]
  }).flat()
}

/** The entries that differ: matched by trace number, then by content, then by bank, account and amount, then by account. */
export function diffEntries(
  before: BatchDraft | undefined,
  after: BatchDraft | undefined,
  options: DiffOptions,
): EntryDiff[] {
  const batch = after ?? before
  if (!batch) return []
  const layout = entryLayoutOf(batch)
  const account = layout.field['dfiAccountNumber'] ?? entryDetail.field.dfiAccountNumber
  const byAccount = ({ record }: EntryDraft) =>
    bytesKey(record, 3, 12) + bytesKey(record, account.start, account.start + account.length)
  const context = { isIat: batch.isIat, isMte: batch.secCode === 'MTE' }
  const [ones, others] = [before?.entries ?? [], after?.entries ?? []]
  const diffs: EntryDiff[] = []
  for (const [left, right] of paired(ones, others, [byTrace, byContent, byPayment, byAccount])) {
    const one = left === null ? undefined : ones[left]
    const other = right === null ? undefined : others[right]
    const fields = [
      ...diffRecords(one?.record, other?.record, layout, options),
      ...addendaChanges(one, other, context, options),
    ]
    if (one && other && fields.length === 0) continue
    const kind = one ? (other ? 'changed' : 'removed') : 'added'
    const trace = traceOf((other ?? one)?.record ?? new Uint8Array(94))
    diffs.push({
      kind,
      before: left,
      after: right,
      traceNumber: options.masked === false ? trace : maskedText('bank', trace),
      fields,
    })
  }
  return diffs.toSorted((a, b) => (a.after ?? a.before ?? 0) - (b.after ?? b.before ?? 0))
}
