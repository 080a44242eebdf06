import { batchHeader } from '../records/batch-header.ts'
import { batchRecordCount } from './assemble.ts'
import { addSides, NO_SIDES, type Sides, sidesOf, sumOf } from './batch-amounts.ts'
import type { BatchDraft, EntryDraft } from './draft.ts'
import type { Problems } from './problem.ts'
import { textOf } from './record-edit.ts'

/** How much one file may hold; what is left out is without limit. */
export interface FileLimits {
  /** Lines with header, controls and filler. 10,000 is a habit of some banks. */
  readonly maxLines?: number | undefined
  readonly maxEntries?: number | undefined
  readonly maxDebitCents?: number | undefined
  readonly maxCreditCents?: number | undefined
}

interface Size extends Sides {
  readonly records: number
  readonly entries: number
}

const EMPTY: Size = { ...NO_SIDES, records: 0, entries: 0 }

function plus(a: Size, b: Size): Size {
  return { ...addSides(a, b), records: a.records + b.records, entries: a.entries + b.entries }
}

function sizeOfEntry(batch: BatchDraft, entry: EntryDraft): Size {
  return { ...sidesOf(batch, entry), records: 1 + entry.addenda.length, entries: 1 }
}

function sizeOfBatch(batch: BatchDraft): Size {
  return { ...sumOf(batch), records: batchRecordCount(batch), entries: batch.entries.length }
}

function fits(size: Size, { maxLines, maxEntries, maxDebitCents, maxCreditCents }: FileLimits): boolean {
  const lines = Math.ceil((size.records + 2) / 10) * 10
  return (
    lines <= (maxLines ?? Number.POSITIVE_INFINITY) &&
    size.entries <= (maxEntries ?? Number.POSITIVE_INFINITY) &&
    size.debitCents <= (maxDebitCents ?? Number.POSITIVE_INFINITY) &&
    size.creditCents <= (maxCreditCents ?? Number.POSITIVE_INFINITY)
  )
}

/** Why a batch must stay whole; null when its entries may go into several files. */
function reasonToStayWhole(batch: BatchDraft, { creditCents, debitCents }: Size): string | null {
  if (batch.controlText !== '') return 'it carries an authentication code'
  if (creditCents > 0 && creditCents === debitCents) return 'its credits and debits are balanced'
  const isMicro = textOf(batch.header, batchHeader.field.companyEntryDescription) === 'ACCTVERIFY'
  return isMicro ? 'micro-entries settle together' : null
}

const HEADER_AND_CONTROL: Size = { ...EMPTY, records: 2 }

/** Fills file after file with whole batches; a batch that no file can hold is continued in the next one. */
class Splitter {
  readonly files: BatchDraft[][] = []
  #size = EMPTY
  readonly #limits: FileLimits
  readonly #problems: Problems

  constructor(limits: FileLimits, problems: Problems) {
    this.#limits = limits
    this.#problems = problems
  }

  add(batch: BatchDraft): void {
    const size = sizeOfBatch(batch)
    const isSplit = !fits(size, this.#limits)
    if (isSplit) this.#addInParts(batch, size)
    else this.#put(batch, size)
  }

  #put(batch: BatchDraft, size: Size): void {
    if (this.files.length === 0 || !fits(plus(this.#size, size), this.#limits)) {
      this.files.push([])
      this.#size = EMPTY
    }
    this.files.at(-1)?.push(batch)
    this.#size = plus(this.#size, size)
  }

  #addInParts(batch: BatchDraft, whole: Size): void {
    const { file, batch: index } = batch.entries[0]?.place ?? { file: 0, batch: 0 }
    const reason = reasonToStayWhole(batch, whole)
    if (reason !== null) {
      const message = `The batch is larger than a file may be and cannot be split: ${reason}`
      this.#problems.add('batch.indivisible', message, { file, batch: index })
      return
    }
    let entries: EntryDraft[] = []
    let size = HEADER_AND_CONTROL
    for (const entry of batch.entries) {
      const one = sizeOfEntry(batch, entry)
      if (!fits(plus(HEADER_AND_CONTROL, one), this.#limits)) {
        this.#problems.add('entry.over_limit', 'The entry alone is more than a file may hold', entry.place)
        continue
      }
      if (!fits(plus(size, one), this.#limits)) {
        this.#put({ ...batch, entries }, size)
        entries = []
        size = HEADER_AND_CONTROL
      }
      entries.push(entry)
      size = plus(size, one)
    }
    if (entries.length > 0) this.#put({ ...batch, entries }, size)
  }
}

/** The batches of each file, so that none passes the limits. Order is kept; batches stay whole where they can. */
export function splitByLimits(batches: readonly BatchDraft[], limits: FileLimits, problems: Problems): BatchDraft[][] {
  const splitter = new Splitter(limits, problems)
  for (const batch of batches) splitter.add(batch)
  return splitter.files
}
