import {
  type Direction,
  type DraftSecCode,
  type FieldProblem,
  formatCents,
  parseDollars,
  type Template,
  TemplateCreate,
} from '@fistworks/contract'
import type { FormErrors } from '../ui/form-errors.ts'

/** One payment while somebody types: the amount is text, and may be left open. */
export interface DraftEntry {
  readonly key: number
  readonly recipientId: string
  /** What is chosen, as text. */
  readonly recipient: string
  readonly amountCents: string
  readonly direction: Direction
  readonly addenda: readonly string[]
}

export interface DraftBatch {
  readonly key: number
  readonly bankAccountId: string
  readonly secCode: DraftSecCode
  readonly companyEntryDescription: string
  readonly companyDiscretionaryData: string
  readonly entries: readonly DraftEntry[]
}

/** A template while somebody types. */
export interface TemplateDraft {
  readonly name: string
  readonly batches: readonly DraftBatch[]
}

let lastKey = 0
const newKey = () => ++lastKey

export const newEntry = (direction: Direction = 'credit'): DraftEntry => {
  return { key: newKey(), recipientId: '', recipient: '', amountCents: '', direction, addenda: [] }
}

export const newBatch = (bankAccountId: string): DraftBatch => ({
  key: newKey(),
  bankAccountId,
  secCode: 'CCD',
  companyEntryDescription: 'PAYMENT',
  companyDiscretionaryData: '',
  entries: [newEntry()],
})

export function draftOfTemplate({ name, batches }: Template): TemplateDraft {
  return {
    name,
    batches: batches.map(({ entries, ...batch }) => ({
      ...batch,
      key: newKey(),
      entries: entries.map(({ recipientName, accountNumberLast4, isArchived, amountCents, ...entry }) => ({
        ...entry,
        key: newKey(),
        recipient: `${recipientName} ••••${accountNumberLast4}${isArchived ? ' (archived)' : ''}`,
        amountCents: amountCents === null ? '' : formatCents(amountCents).slice(1),
      })),
    })),
  }
}

/** Changes one batch, or takes it out with `null`. */
export function withBatch(
  draft: TemplateDraft,
  at: number,
  change: (batch: DraftBatch) => DraftBatch | null,
): TemplateDraft {
  return { ...draft, batches: changedAt(draft.batches, at, change) }
}

/** Changes one payment, or takes it out with `null`. */
export function withEntry(
  draft: TemplateDraft,
  [batch, entry]: readonly [number, number],
  change: (entry: DraftEntry) => DraftEntry | null,
): TemplateDraft {
  return withBatch(draft, batch, (before) => ({ ...before, entries: changedAt(before.entries, entry, change) }))
}

function changedAt<T>(list: readonly T[], at: number, change: (one: T) => T | null): T[] {
  return list.flatMap((one, index) => {
    const after = index === at ? change(one) : one
    return after === null ? [] : [after]
  })
}

/** Sums of what is typed; open amounts and those that cannot be read count nothing. */
export function totalsOf({ batches }: TemplateDraft) {
  const totals = { entries: 0, credit: 0, debit: 0, open: 0 }
  for (const { amountCents, direction } of batches.flatMap(({ entries }) => entries)) {
    totals.entries++
    totals[direction] += parseDollars(amountCents).cents ?? 0
    if (amountCents.trim() === '') totals.open++
  }
  return totals
}

/** The field of a place: `/batches/0/entries/1/amountCents` → `batches-0-entries-1-amountCents`. */
const fieldOf = (parts: readonly PropertyKey[]) => parts.map(String).join('-')

/** The draft as the contract takes it, or what is wrong, by field. */
export function checkedTemplate(draft: TemplateDraft) {
  const wrong: Record<string, string> = {}
  const batches = draft.batches.map(({ key: _key, entries, ...batch }, at) => ({
    ...batch,
    entries: entries.map(({ recipientId, amountCents: typed, direction, addenda }, index) => {
      const amount = typed.trim() === '' ? { cents: null, problem: null } : parseDollars(typed)
      const field = (name: string) => fieldOf(['batches', at, 'entries', index, name])
      if (amount.problem !== null) wrong[field('amountCents')] = amount.problem
      if (recipientId === '') wrong[field('recipientId')] = 'Choose a recipient'
      return { recipientId, amountCents: amount.cents, direction, addenda: addenda.filter((text) => text !== '') }
    }),
  }))
  const checked = TemplateCreate.safeParse({ name: draft.name.trim(), batches })
  for (const { path, message } of checked.error?.issues ?? []) {
    wrong[fieldOf(path)] ??= path[0] === 'name' && draft.name.trim() === '' ? 'must not be empty' : message
  }
  if (!checked.success || Object.keys(wrong).length > 0) return { wrong }
  return { input: { name: checked.data.name, batches: checked.data.batches ?? [] } }
}

/** Of what the server found: its pointers name the same fields. */
export function errorsByField(problems: readonly FieldProblem[]): FormErrors {
  const errors: Record<string, string> = {}
  for (const { pointer, message } of problems) errors[fieldOf(pointer.split('/').slice(1))] ??= message
  return errors
}
