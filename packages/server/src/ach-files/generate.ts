import type { FieldProblem, Id } from '@fistworks/contract'
import { transactionCodeFor, type Violation } from '@fistworks/nacha'
import { createPauses } from '../pauses.ts'
import { invalid } from '../problem-error.ts'
import type { SealedRecipient } from '../recipients/store.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { type BytesMaker, createBytesMaker } from './bytes-maker.ts'
import type { FileHeaderSource } from './content-hash.ts'
import type { Draft, DraftBatch, DraftEntry } from './draft.ts'
import type { BatchEntry, BytesOrder } from './make-bytes.ts'

export interface Generation {
  achFileId: Id<'ach'>
  draft: Draft
  /** What the vault keeps of the recipients of so many entries of a batch, by position from `from` on. */
  sealed(some: { batch: number; from: number; count: number }): Promise<readonly (SealedRecipient | undefined)[]>
  connection: FileHeaderSource & { lineEnding: 'lf' | 'crlf' }
  fileIdModifier: string
  /** Civil date and `HHMM` in New York. */
  created: { date: string; time: string }
  /** Takes this many consecutive trace sequence numbers of an originating bank and gives the first. */
  takeTraces(odfi: string, count: number): Promise<number>
}

export interface Generated {
  /** Where `openGenerated` finds them again. */
  sealedBytes: Uint8Array
  sizeBytes: number
  sha256: string
  traces: BatchTraces[]
}

/** The ODFI's eight digits and the sequence number of a batch's first entry; the others follow one by one. */
export interface BatchTraces {
  odfi: string
  first: number
}

/** Opening so many takes some milliseconds. */
const ENTRIES_AT_ONCE = 250

/**
 * Makes the bytes the bank gets. Beside the vault this, and what it hands them to, is the one place that holds clear
 * numbers: they come out of it sealed only.
 * @throws ProblemError `validation-failed` with places in the draft when the codec refuses anything
 */
export async function generateFile(vault: OrganizationVault, generation: Generation): Promise<Generated> {
  const { draft, achFileId } = generation
  const entryCount = draft.batches.reduce((sum, { entries }) => sum + entries.length, 0)
  const maker = createBytesMaker(orderOf(generation), entryCount)
  try {
    const traces: BatchTraces[] = []
    for (const position of draft.batches.keys()) traces.push(await putBatch(vault, generation, position, maker))
    const made = await maker.made()
    if ('violations' in made) throw refused(made.violations)
    const { bytes, sha256 } = made
    const sealedBytes = sealGenerated(vault, achFileId, bytes)
    bytes.fill(0)
    return { sealedBytes, sizeBytes: bytes.length, sha256, traces }
  } finally {
    await maker.done()
  }
}

function orderOf({ connection, created, fileIdModifier }: Generation): BytesOrder {
  const { immediateDestination, immediateDestinationName, immediateOrigin, immediateOriginName } = connection
  return {
    file: {
      immediateDestination,
      immediateDestinationName,
      immediateOrigin,
      immediateOriginName,
      fileCreationDate: created.date,
      fileCreationTime: created.time,
      fileIdModifier,
    },
    lineEnding: connection.lineEnding,
  }
}

/** Opens what it needs of the recipients a few hundred at a time: others work in between. */
async function putBatch(
  vault: OrganizationVault,
  generation: Generation,
  position: number,
  maker: BytesMaker,
): Promise<BatchTraces> {
  const { draft, sealed, takeTraces } = generation
  const batch = draft.batches[position]
  if (batch === undefined) throw new Error('A batch was left out of its file.')
  const { odfi, ...head } = batchHeader(vault, draft, batch)
  const first = await takeTraces(odfi, batch.entries.length)
  maker.batch({ ...head, odfiIdentification: odfi })
  const pause = createPauses()
  for (let from = 0; from < batch.entries.length; from += ENTRIES_AT_ONCE) {
    const some = batch.entries.slice(from, from + ENTRIES_AT_ONCE)
    const rows = await sealed({ batch: position, from, count: some.length })
    maker.entries(
      some.map((entry, index) => ({
        ...receiver(vault, draft, entry, rows[index]),
        amountCents: entry.amountCents,
        addenda: entry.addenda,
        traceSequence: first + from + index,
      })),
    )
    await pause()
  }
  return { odfi, first }
}

/** The bytes of a generated file, for the bank. */
export function openGenerated(vault: OrganizationVault, achFileId: Id<'ach'>, sealedBytes: Uint8Array): Uint8Array {
  return vault.open(placeOf(achFileId), sealedBytes)
}

/** How a generated file is kept. */
export function sealGenerated(vault: OrganizationVault, achFileId: Id<'ach'>, bytes: Uint8Array): Uint8Array {
  return vault.seal(placeOf(achFileId), bytes)
}

function placeOf(achFileId: Id<'ach'>) {
  return { table: 'generated_files', column: 'bytes', row: achFileId }
}

type ClearRecipient = Pick<BatchEntry, 'routingNumber' | 'accountNumber' | 'individualIdentification'>

function openRecipient(vault: OrganizationVault, row: SealedRecipient): ClearRecipient {
  const at = { table: 'recipients', row: row.id }
  return {
    routingNumber: vault.openText({ ...at, column: 'routing_number' }, row.routingNumber).reveal(),
    accountNumber: vault.openText({ ...at, column: 'account_number' }, row.accountNumber).reveal(),
    individualIdentification:
      row.identification === null
        ? ''
        : vault.openText({ ...at, column: 'identification' }, row.identification).reveal(),
  }
}

function receiver(
  vault: OrganizationVault,
  draft: Draft,
  { recipientId, direction }: DraftEntry,
  row: SealedRecipient | undefined,
) {
  const recipient = draft.recipients.get(recipientId)
  if (recipient === undefined || row?.id !== recipientId) {
    throw new Error('A file was generated with a recipient that is not there.')
  }
  const { accountType, name } = recipient
  const transactionCode = transactionCodeFor({ accountType, direction })
  return { ...openRecipient(vault, row), individualName: name, transactionCode }
}

function batchHeader(vault: OrganizationVault, draft: Draft, batch: DraftBatch) {
  const account = draft.bankAccounts.get(batch.bankAccountId)
  if (account === undefined) throw new Error('A file was generated with a bank account that is not there.')
  const at = { table: 'bank_accounts', column: 'routing_number', row: account.id }
  return {
    odfi: vault.openText(at, account.routingNumber).reveal().slice(0, 8),
    secCode: batch.secCode,
    companyName: account.companyName,
    companyIdentification: account.companyId,
    companyDiscretionaryData: batch.companyDiscretionaryData,
    companyEntryDescription: batch.companyEntryDescription,
    effectiveEntryDate: batch.effectiveDate,
  }
}

/** Where in the draft the input of the codec comes from. */
const DRAFT_FIELD: Readonly<Record<string, string>> = {
  individualName: 'recipientId',
  individualIdentification: 'recipientId',
  routingNumber: 'recipientId',
  accountNumber: 'recipientId',
  transactionCode: 'recipientId',
  effectiveEntryDate: 'effectiveDate',
  companyName: 'bankAccountId',
  companyIdentification: 'bankAccountId',
  odfiIdentification: 'bankAccountId',
}

function refused(violations: readonly Violation[]) {
  const problems = violations
    .filter(({ rule, severity }) => severity === 'error' && rule !== 'violations.limit')
    .map(({ rule, message, path }): FieldProblem => ({ pointer: draftPointer(path), code: rule, message }))
  return invalid(problems.slice(0, 100))
}

function draftPointer(path: string | null): string {
  if (path === null || !path.startsWith('/batches/')) return '/batches'
  return path.replace(/[A-Za-z]+$/, (name) => DRAFT_FIELD[name] ?? name)
}
