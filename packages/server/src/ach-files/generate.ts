import { createHash } from 'node:crypto'
import type { FieldProblem, Id } from '@fistworks/contract'
import {
  type BatchInput,
  buildFile,
  type EntryInput,
  encodeFile,
  isAcceptable,
  transactionCodeFor,
  type Violation,
  validateFile,
} from '@fistworks/nacha'
import { invalid } from '../problem-error.ts'
import type { RecipientRow } from '../recipients/table.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import type { FileHeaderSource } from './content-hash.ts'
import type { Draft, DraftBatch } from './draft.ts'

export interface Generation {
  achFileId: Id<'ach'>
  draft: Draft
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
  /** By batch and entry. */
  traceNumbers: string[][]
}

/**
 * Makes the bytes the bank gets. Beside the vault this is the one place that holds clear numbers: they come out of it
 * sealed only.
 * @throws ProblemError `validation-failed` with places in the draft when the codec refuses anything
 */
export async function generateFile(vault: OrganizationVault, generation: Generation): Promise<Generated> {
  const { draft, connection, created, fileIdModifier } = generation
  const clear = openRecipients(vault, draft.recipients)
  const batches: BatchInput[] = []
  const traceNumbers: string[][] = []
  for (const batch of draft.batches) {
    const { odfi, ...header } = batchHeader(vault, draft, batch)
    const first = await generation.takeTraces(odfi, batch.entries.length)
    const entries = batch.entries.map((entry, index) => ({
      ...receiver(clear, entry.recipientId, entry.direction),
      amountCents: entry.amountCents,
      addenda: entry.addenda,
      traceSequence: first + index,
    }))
    batches.push({ ...header, odfiIdentification: odfi, entries })
    traceNumbers.push(entries.map(({ traceSequence }) => odfi + String(traceSequence).padStart(7, '0')))
  }
  const built = buildFile({
    immediateDestination: connection.immediateDestination,
    immediateDestinationName: connection.immediateDestinationName,
    immediateOrigin: connection.immediateOrigin,
    immediateOriginName: connection.immediateOriginName,
    fileCreationDate: created.date,
    fileCreationTime: created.time,
    fileIdModifier,
    batches,
  })
  if (built.file === null) throw refused(built.violations)
  const bytes = encodeFile(built.file, { lineEnding: connection.lineEnding === 'crlf' ? '\r\n' : '\n' })
  // The bytes that leave are read again by other code than wrote them.
  const violations = validateFile(bytes, { profile: 'originate' })
  if (!isAcceptable(violations)) throw refused(violations)
  const sealedBytes = vault.seal(placeOf(generation.achFileId), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  bytes.fill(0)
  clear.clear()
  return { sealedBytes, sizeBytes: bytes.length, sha256, traceNumbers }
}

/** The bytes of a generated file, for the bank. */
export function openGenerated(vault: OrganizationVault, achFileId: Id<'ach'>, sealedBytes: Uint8Array): Uint8Array {
  return vault.open(placeOf(achFileId), sealedBytes)
}

function placeOf(achFileId: Id<'ach'>) {
  return { table: 'generated_files', column: 'bytes', row: achFileId }
}

type ClearRecipient = Pick<
  EntryInput,
  'routingNumber' | 'accountNumber' | 'individualName' | 'individualIdentification'
> & { accountType: RecipientRow['accountType'] }

function openRecipients(vault: OrganizationVault, recipients: Draft['recipients']): Map<string, ClearRecipient> {
  const clear = new Map<string, ClearRecipient>()
  for (const row of recipients.values()) {
    const at = { table: 'recipients', row: row.id }
    clear.set(row.id, {
      routingNumber: vault.openText({ ...at, column: 'routing_number' }, row.routingNumber).reveal(),
      accountNumber: vault.openText({ ...at, column: 'account_number' }, row.accountNumber).reveal(),
      individualName: row.name,
      individualIdentification:
        row.identification === null
          ? ''
          : vault.openText({ ...at, column: 'identification' }, row.identification).reveal(),
      accountType: row.accountType,
    })
  }
  return clear
}

function receiver(clear: Map<string, ClearRecipient>, id: string, direction: 'credit' | 'debit') {
  const found = clear.get(id)
  if (found === undefined) throw new Error('A file was generated with a recipient that is not there.')
  const { accountType, ...entry } = found
  return { ...entry, transactionCode: transactionCodeFor({ accountType, direction }) }
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
