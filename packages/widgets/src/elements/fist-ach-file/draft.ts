import {
  type AchFile,
  type AchFileCreate,
  type Direction,
  type DraftSecCode,
  formatCents,
  type HolderType,
  type Id,
  parseDollars,
} from '@fistworks/contract'

/** What the editor knows of a recipient. `holderType` is unknown for an entry that came with a stored file. */
export interface Payee {
  readonly id: Id<'rcp'>
  readonly name: string
  readonly last4: string
  readonly holderType: HolderType | null
}

export interface DraftEntry {
  readonly key: string
  readonly payee: Payee | null
  readonly amount: string
  readonly direction: Direction
  readonly addenda: string
  readonly externalId: string | null
}

export interface DraftBatch {
  readonly key: string
  readonly bankAccountId: string
  readonly secCode: DraftSecCode
  readonly description: string
  readonly discretionaryData: string
  readonly effectiveDate: string
  readonly entries: readonly DraftEntry[]
}

/** A file while somebody types: amounts are text, recipients may be missing. */
export interface Draft {
  readonly name: string
  readonly batches: readonly DraftBatch[]
}

let lastKey = 0
const newKey = () => `k${++lastKey}`
const dollars = (cents: number) => formatCents(cents).slice(1)

export const newEntry = (direction: Direction = 'credit'): DraftEntry => ({
  key: newKey(),
  payee: null,
  amount: '',
  direction,
  addenda: '',
  externalId: null,
})

export const newBatch = ({ bankAccountId, effectiveDate }: BatchDefaults): DraftBatch => ({
  key: newKey(),
  bankAccountId,
  secCode: 'CCD',
  description: 'PAYMENT',
  discretionaryData: '',
  effectiveDate,
  entries: [newEntry()],
})

export function draftOfFile(file: AchFile): Draft {
  return {
    name: file.name,
    batches: file.batches.map((batch) => ({
      key: newKey(),
      bankAccountId: batch.bankAccountId,
      secCode: batch.secCode === 'PPD' ? 'PPD' : 'CCD',
      description: batch.companyEntryDescription,
      discretionaryData: batch.companyDiscretionaryData,
      effectiveDate: batch.effectiveDate,
      entries: batch.entries.map((entry) => ({
        key: newKey(),
        payee: { id: entry.recipientId, name: entry.recipientName, last4: entry.accountNumberLast4, holderType: null },
        amount: dollars(entry.amountCents),
        direction: entry.direction,
        addenda: entry.addenda[0] ?? '',
        externalId: entry.externalId,
      })),
    })),
  }
}

type BatchCreate = AchFileCreate['batches'][number]

/**
 * What the accounting product hands over. A batch may leave out the account, then it is the only one there is, or the
 * person chooses; and the date, then it is the next banking day.
 */
export interface AchFilePrefill {
  readonly name: string
  readonly batches: readonly (Omit<BatchCreate, 'bankAccountId' | 'effectiveDate'> &
    Partial<Pick<BatchCreate, 'bankAccountId' | 'effectiveDate'>>)[]
}

/** What a batch starts with where nothing else was said. */
export interface BatchDefaults {
  readonly bankAccountId: string
  readonly effectiveDate: string
}

/** A draft from what the accounting product hands over; `payees` are the recipients it names. */
export function draftOfPrefill(
  prefill: AchFilePrefill,
  payees: ReadonlyMap<string, Payee>,
  defaults: BatchDefaults,
): Draft {
  return {
    name: prefill.name,
    batches: prefill.batches.map((batch) => ({
      key: newKey(),
      bankAccountId: batch.bankAccountId ?? defaults.bankAccountId,
      secCode: batch.secCode,
      description: batch.companyEntryDescription,
      discretionaryData: batch.companyDiscretionaryData ?? '',
      effectiveDate: batch.effectiveDate ?? defaults.effectiveDate,
      entries: batch.entries.map((entry) => ({
        key: newKey(),
        payee: payees.get(entry.recipientId) ?? null,
        amount: dollars(entry.amountCents),
        direction: entry.direction ?? 'credit',
        addenda: entry.addenda?.[0] ?? '',
        externalId: entry.externalId ?? null,
      })),
    })),
  }
}

/** The body that saves a draft without problems. */
export function bodyOf(draft: Draft): AchFileCreate {
  return {
    name: draft.name.trim(),
    batches: draft.batches.map((batch) => ({
      bankAccountId: batch.bankAccountId as Id<'bac'>,
      secCode: batch.secCode,
      companyEntryDescription: batch.description.trim(),
      effectiveDate: batch.effectiveDate,
      ...(batch.discretionaryData ? { companyDiscretionaryData: batch.discretionaryData } : {}),
      entries: batch.entries.map((entry) => ({
        recipientId: entry.payee?.id as Id<'rcp'>,
        amountCents: parseDollars(entry.amount).cents ?? 0,
        direction: entry.direction,
        addenda: entry.addenda.trim() === '' ? [] : [entry.addenda.trim()],
        ...(entry.externalId ? { externalId: entry.externalId } : {}),
      })),
    })),
  }
}

export interface DraftTotals {
  readonly entryCount: number
  readonly creditCents: number
  readonly debitCents: number
}

/** What the draft comes to so far; amounts that cannot be read count nothing. */
export function totalsOf(batches: readonly DraftBatch[]): DraftTotals {
  let creditCents = 0
  let debitCents = 0
  let entryCount = 0
  for (const batch of batches) {
    for (const entry of batch.entries) {
      entryCount++
      const { cents } = parseDollars(entry.amount)
      if (entry.direction === 'credit') creditCents += cents ?? 0
      else debitCents += cents ?? 0
    }
  }
  return { entryCount, creditCents, debitCents }
}
