import type { AchFile } from '../file.ts'
import type { Violation } from '../violation.ts'

/** Why an operation is refused: the closed list. */
export type OperationProblemCode =
  | 'file.partial'
  | 'file.none'
  | 'file.invalid'
  | 'file.modifiers_used_up'
  | 'batch.sec_unknown'
  | 'batch.sec_excluded'
  | 'batch.authenticated'
  | 'batch.indivisible'
  | 'batch.unknown'
  | 'entry.unknown'
  | 'entry.category'
  | 'entry.transaction_code'
  | 'entry.over_limit'
  | 'entry.chosen_twice'
  | 'value.unfit'
  | 'value.missing'
  | 'code.unsuitable'
  | 'date.late'
  | 'date.invalid'
  | 'trace.overflow'
  | 'account.invalid'
  | 'account.masked'
  | 'amount.invalid'
  | 'json.invalid'

/** Where an entry stands: `file` in the list of files given (0 for one file), all from 0. */
export interface EntryPlace {
  readonly file: number
  readonly batch: number
  readonly entry: number
}

/** One thing that stands in the way of an operation. Operations refuse rather than guess. */
export interface OperationProblem {
  readonly code: OperationProblemCode
  /** A sentence for a person. Never holds a whole account or routing number. */
  readonly message: string
  /** Index of the file, batch and entry it is about, from 0; null when it is about more. */
  readonly file: number | null
  readonly batch: number | null
  readonly entry: number | null
}

/** Where a problem is: every part that is known. */
export interface ProblemPlace {
  readonly file?: number
  readonly batch?: number
  readonly entry?: number
}

/** A file, checked by the `standard` rules; or everything that stands in its way at once, and no file. */
export type Outcome =
  | { readonly file: AchFile; readonly problems: readonly []; readonly violations: readonly Violation[] }
  | { readonly file: null; readonly problems: readonly OperationProblem[]; readonly violations: readonly Violation[] }

/** Problems listed at most; the rest is left out. */
const MAXIMUM_PROBLEMS = 1_000

export class Problems {
  readonly list: OperationProblem[] = []

  add(code: OperationProblemCode, message: string, place: ProblemPlace = {}): void {
    if (this.list.length >= MAXIMUM_PROBLEMS) return
    const { file = null, batch = null, entry = null } = place
    this.list.push({ code, message, file, batch, entry })
  }

  get isEmpty(): boolean {
    return this.list.length === 0
  }
}

export function refusal(problems: Problems, violations: readonly Violation[] = []): Outcome {
  return { file: null, problems: problems.list, violations }
}
