import type { AchFile } from '../file.ts'
import { batchHeader } from '../records/batch-header.ts'
import { finished, type OperationOptions } from './assemble.ts'
import { sumOf } from './batch-amounts.ts'
import { type BatchDraft, categoryOfDraft, draftOf, type EntryDraft } from './draft.ts'
import { numbered } from './join-batches.ts'
import { isOffsetEntry, type OffsetAccount, offsetEntry, refuseOffsetAccount } from './offset-account.ts'
import { type Outcome, Problems, refusal } from './problem.ts'
import { edited, sequenceAfter, TraceNumbering, textOf, traceOf } from './record-edit.ts'

export interface BalanceOptions extends OperationOptions {
  readonly account: OffsetAccount
  /**
   * `batch` (when left out): the offset stands in the batch that it balances, which PPD, CCD, CTX and WEB allow. `own`: in
   * a CCD batch of its own after that batch, for SEC codes too that hold only debits or only credits.
   */
  readonly place?: 'batch' | 'own' | undefined
}

const { serviceClassCode, standardEntryClassCode, odfiIdentification } = batchHeader.field
const WITH_OFFSET: readonly string[] = ['PPD', 'CCD', 'CTX', 'WEB']
/** Nothing of these is ever offset: other currencies, accounts of Operators, corrections. */
const WITHOUT_OFFSET: readonly string[] = ['IAT', 'ADV', 'COR']

class Balancer {
  readonly #options: BalanceOptions
  readonly #problems: Problems
  readonly #traces: TraceNumbering

  constructor(batches: readonly BatchDraft[], options: BalanceOptions, problems: Problems) {
    this.#options = options
    this.#problems = problems
    const kept = batches.flatMap(({ entries }) => entries.map(({ record }) => traceOf(record)))
    this.#traces = new TraceNumbering(sequenceAfter(kept), problems)
  }

  #offsets(batch: BatchDraft, into: Pick<BatchDraft, 'secCode' | 'isIat'>): EntryDraft[] {
    const { creditCents, debitCents } = sumOf(batch)
    const odfi = textOf(batch.header, odfiIdentification)
    const make = (direction: 'credit' | 'debit', cents: number) =>
      cents === 0
        ? []
        : [offsetEntry(into, direction, cents, this.#options.account, this.#traces.take(odfi), this.#problems)]
    return [...make('credit', debitCents), ...make('debit', creditCents)]
  }

  balance(batch: BatchDraft, index: number): BatchDraft[] {
    const place = { batch: index }
    const { secCode } = batch
    const inBatch = this.#options.place !== 'own'
    if (batch.entries.some((entry) => categoryOfDraft(entry) !== 'forward')) {
      this.#problems.add('entry.category', 'Only payments are balanced: the batch holds what banks answered', place)
    } else if (WITHOUT_OFFSET.includes(secCode) || (inBatch && !WITH_OFFSET.includes(secCode))) {
      const advice = WITHOUT_OFFSET.includes(secCode) ? '' : ": balance it with a batch of its own (place 'own')"
      this.#problems.add('batch.sec_excluded', `A ${secCode} batch holds no offset${advice}`, place)
    } else if (inBatch && batch.controlText !== '') {
      const message = 'The batch carries an authentication code, which a change of it would break'
      this.#problems.add('batch.authenticated', message, place)
    }
    if (!this.#problems.isEmpty) return []
    return inBatch ? [this.#withOffsets(batch)] : [batch, ...this.#ownBatch(batch)]
  }

  #withOffsets(batch: BatchDraft): BatchDraft {
    const offsets = this.#offsets(batch, batch)
    if (offsets.length === 0) return batch
    const header = edited(batch.header, [[serviceClassCode, 200]], this.#problems)
    return { ...batch, header, entries: [...batch.entries, ...offsets] }
  }

  #ownBatch(batch: BatchDraft): BatchDraft[] {
    const own = { secCode: 'CCD', isIat: false } as const
    const entries = this.#offsets(batch, own)
    const { creditCents, debitCents } = sumOf(batch)
    const serviceClass = creditCents > 0 && debitCents > 0 ? 200 : debitCents > 0 ? 220 : 225
    const changes = [
      [serviceClassCode, serviceClass],
      [standardEntryClassCode, 'CCD'],
    ] as const
    const header = edited(batch.header, changes, this.#problems)
    return entries.length === 0 ? [] : [{ ...batch, ...own, header, entries, controlText: '' }]
  }
}

/** The batches without the offsets that an earlier balancing for this account put in. */
function withoutOffsets(batches: readonly BatchDraft[], account: OffsetAccount): BatchDraft[] {
  return batches.flatMap((batch) => {
    const entries = batch.entries.filter((entry) => !isOffsetEntry(batch, entry, account))
    if (entries.length === batch.entries.length) return [batch]
    return entries.length === 0 ? [] : [{ ...batch, entries }]
  })
}

/**
 * Balances every batch (reference 8.6): the sum of its debits is credited to the originator's account and the sum of its
 * credits debited, under service class 200, with the next trace numbers; a side without money is left out. Balancing
 * again replaces the offsets made before for the same account. Not for IAT, ADV, COR and returns.
 */
export function balanceFile(file: AchFile, options: BalanceOptions): Outcome {
  const problems = new Problems()
  refuseOffsetAccount(options.account, problems)
  const draft = draftOf(file, problems)
  if (!draft || !problems.isEmpty) return refusal(problems)
  const payments = withoutOffsets(draft.batches, options.account)
  const balancer = new Balancer(payments, options, problems)
  const balanced = payments.flatMap((batch, index) => balancer.balance(batch, index))
  // Offsets in batches of their own bring new batches in between.
  const batches = options.place === 'own' ? numbered(balanced, problems) : balanced
  return finished({ header: draft.header, batches }, problems, options)
}
