import type { AccountType, Direction } from '@fistworks/contract'
import {
  type AchFile,
  type AddendaRecord,
  type Batch,
  dateOfJulianDay,
  type Entry,
  isCivilDate,
  isCreditCode,
} from '@fistworks/nacha'

/**
 * What one entry of a bank's file says about a payment. `accountNumber`, `originalRdfi` and `correctedData` are in clear:
 * they stay in memory and go on only sealed, masked or as keyed hashes.
 */
export interface BankAnswer {
  /** Of the entry in its file, from 0. */
  position: number
  category: 'return' | 'dishonored' | 'contested' | 'noc' | 'refusedNoc' | 'acknowledgment'
  code: string
  /** Its own. */
  traceNumber: string
  originalTraceNumber: string
  /** The first eight digits of the routing number that was paid. */
  originalRdfi: string
  accountNumber: string
  amountCents: number
  direction: Direction
  accountType: AccountType | null
  individualName: string
  identification: string
  companyIdentification: string
  secCode: string
  isIat: boolean
  information: string
  dateOfDeath: string | null
  correctedData: string
  /** Trace number of the return that a dishonored or contested one is about. */
  answersTrace: string | null
  /** Civil date of settlement, where the file says one. */
  settledOn: string | null
}

/** The entries of a file that answer payments; what answers nothing is left out. */
export function* answersIn(file: AchFile, from: number, until: number): Generator<BankAnswer> {
  let position = 0
  for (const batch of file.batches) {
    const first = Math.max(0, from - position)
    const end = Math.min(batch.entries.length, until - position)
    for (let index = first; index < end; index++) {
      const entry = batch.entries.at(index)
      const answer = entry === undefined ? null : answerOf(entry, batch, file, position + index)
      if (answer !== null) yield answer
    }
    position += batch.entries.length
    if (position >= until) return
  }
}

export function entryCountOf(file: AchFile): number {
  return file.batches.reduce((sum, { entries }) => sum + entries.length, 0)
}

/** Whether any entry of the file answers a payment. */
export function hasAnswers(file: AchFile): boolean {
  return file.batches.some(({ secCode, entries }) => {
    if (secCode === 'ACK' || secCode === 'ATX') return entries.length > 0
    for (const { category } of entries) if (category !== 'forward') return true
    return false
  })
}

function answerOf(entry: Entry, batch: Batch, file: AchFile, position: number): BankAnswer | null {
  const said = entry.category === 'forward' ? acknowledged(entry, batch) : saidIn(entry)
  if (said === null) return null
  const family = Math.floor(entry.transactionCode / 10)
  return {
    position,
    ...NOTHING_MORE,
    ...said,
    traceNumber: entry.traceNumber,
    accountNumber: entry.accountNumber.trim(),
    amountCents: Number.isSafeInteger(entry.amountCents) ? entry.amountCents : 0,
    direction: isCreditCode(entry.transactionCode) ? 'credit' : 'debit',
    accountType: family === 2 ? 'checking' : family === 3 ? 'savings' : null,
    individualName: entry.individualName.trim(),
    identification: entry.individualIdentification.trim(),
    companyIdentification: batch.header.companyIdentification.trim(),
    secCode: batch.secCode ?? batch.header.standardEntryClassCode.trim(),
    isIat: batch.isIat,
    settledOn: settlementOf(batch, file),
  }
}

type Said = Pick<BankAnswer, 'category' | 'code' | 'originalTraceNumber' | 'originalRdfi'> &
  Partial<Pick<BankAnswer, 'information' | 'dateOfDeath' | 'correctedData' | 'answersTrace'>>

const NOTHING_MORE = { information: '', dateOfDeath: null, correctedData: '', answersTrace: null }

function acknowledged({ record }: Entry, batch: Batch): Said | null {
  if (record.layout !== 'entryAcknowledgment' && record.layout !== 'entryAtx') return null
  const code = record.layout === 'entryAtx' ? 'ATX' : 'ACK'
  const originalRdfi = batch.header.odfiIdentification
  return { category: 'acknowledgment', code, originalTraceNumber: record.originalEntryTraceNumber, originalRdfi }
}

function saidIn({ addendaRecords }: Entry): Said | null {
  for (const record of addendaRecords) {
    const said = record === null ? null : saidBy(record)
    if (said !== null) return said
  }
  return null
}

function saidBy(record: AddendaRecord): Said | null {
  const { layout } = record
  if (layout === 'addenda98' || layout === 'addenda98Iat') {
    return { category: 'noc', code: record.changeCode, ...original(record), correctedData: record.correctedData }
  }
  if (layout === 'addenda98Refused') {
    return { category: 'refusedNoc', code: record.refusedChangeCode, ...original(record) }
  }
  if (layout === 'addenda99' || layout === 'addenda99Iat') {
    const dateOfDeath = isCivilDate(record.dateOfDeath) ? record.dateOfDeath : null
    const told = { information: record.addendaInformation.trimEnd(), dateOfDeath }
    return { category: 'return', code: record.returnReasonCode, ...original(record), ...told }
  }
  if (layout === 'addenda99Dishonored') {
    const told = { information: record.addendaInformation.trimEnd(), answersTrace: record.returnTraceNumber }
    return { category: 'dishonored', code: record.dishonoredReturnReasonCode, ...original(record), ...told }
  }
  if (layout === 'addenda99Contested') {
    const code = record.contestedReturnReasonCode
    return { category: 'contested', code, ...original(record), answersTrace: record.returnTraceNumber }
  }
  return null
}

function original(record: { originalTraceNumber: string; originalRdfiIdentification: string }) {
  return { originalTraceNumber: record.originalTraceNumber, originalRdfi: record.originalRdfiIdentification }
}

function settlementOf({ header }: Batch, file: AchFile): string | null {
  const created = file.header.fileCreationDate
  return isCivilDate(created) ? dateOfJulianDay(header.settlementDate.trim(), created) : null
}
