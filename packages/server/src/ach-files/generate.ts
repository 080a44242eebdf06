import type { FieldProblem, Id } from '@fistworks/contract'
import type { Violation } from '@fistworks/nacha'
import { invalid } from '../problem-error.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import { createBytesMaker } from './bytes-maker.ts'
import type { FileHeaderSource } from './content-hash.ts'
import { generatedPlace } from './generated-bytes.ts'
import type { BatchHead, BytesOrder } from './make-bytes.ts'
import type { DraftOutline } from './read-draft.ts'
import type { StoredPart } from './stored-parts.ts'
import type { AchBatchRow } from './table.ts'

export interface Generation {
  achFileId: Id<'ach'>
  outline: DraftOutline
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
}

/** The ODFI's eight digits and the sequence number of a batch's first entry; the others follow one by one. */
export interface BatchTraces {
  odfi: string
  first: number
}

/** A file in the making: all its parts go in, in their order. Call `done` whatever happens. */
export interface FileMaker {
  /** Gives the trace numbers of the batch. Undefined for what is not made of its entries. */
  add: ((part: StoredPart) => BatchTraces) | undefined
  /** @throws ProblemError `validation-failed` with places in the draft when the codec refuses anything */
  made(): Promise<Generated>
  done(): Promise<void>
}

/**
 * Makes the bytes the bank gets. Beside the vault what it hands them to is the one place that holds clear numbers: they
 * come out of it sealed only.
 */
export async function createFileMaker(vault: OrganizationVault, generation: Generation): Promise<FileMaker> {
  const { outline, achFileId, takeTraces } = generation
  const heads = outline.batchRows.map((batch) => batchHead(vault, outline, batch))
  const traces: BatchTraces[] = []
  for (const [position, { odfiIdentification: odfi }] of heads.entries()) {
    traces.push({ odfi, first: await takeTraces(odfi, outline.counts[position] ?? 0) })
  }
  const entryCount = outline.counts.reduce((sum, count) => sum + count, 0)
  const maker = createBytesMaker(orderOf(vault, generation), entryCount)
  let begun = -1
  const beginUntil = (position: number) => {
    while (begun < position) {
      begun += 1
      const head = heads[begun]
      if (head !== undefined) maker.tell({ batch: head })
    }
  }
  return {
    add({ batch, rows, sealed }) {
      const of = traces[batch]
      if (of === undefined) throw new Error('Entries of a batch that the file does not have.')
      beginUntil(batch)
      maker.tell({ entries: { rows, sealed, firstTrace: of.first } })
      return of
    },
    async made() {
      beginUntil(heads.length - 1)
      maker.tell({ end: vault.sealingKey(generatedPlace(achFileId)) })
      const made = await maker.answer
      if ('areKeysTooOld' in made) throw vault.tooOld()
      if ('violations' in made) throw refused(made.violations)
      return made
    },
    done: () => maker.end(),
  }
}

function orderOf(vault: OrganizationVault, { connection, created, fileIdModifier }: Generation): BytesOrder {
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
    keys: vault.openingKeys('recipients', ['routing_number', 'account_number', 'identification']),
  }
}

function batchHead(vault: OrganizationVault, { bankAccounts }: DraftOutline, batch: AchBatchRow): BatchHead {
  const account = bankAccounts.get(batch.bankAccountId)
  if (account === undefined) throw new Error('A file was generated with a bank account that is not there.')
  const at = { table: 'bank_accounts', column: 'routing_number', row: account.id }
  return {
    odfiIdentification: vault.openText(at, account.routingNumber).reveal().slice(0, 8),
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
