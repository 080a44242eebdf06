import { readdir, stat } from 'node:fs/promises'
import { type Batch, decodeFile, type Entry, isCreditCode } from '@fistworks/nacha'
import type { BookedAnswer, BookedFile } from './bank-book.ts'
import { type BankCustomer, DIRECTORIES, readPlainFile } from './bank-customer.ts'
import { maskRecords } from './mask-records.ts'
import { settlementOf } from './plan-answers.ts'

/** An entry of a received file, as a page may show it. */
export interface ViewedEntry {
  batch: number
  entry: number
  secCode: string
  direction: 'credit' | 'debit'
  name: string
  accountEnd: string
  amountCents: number
  settles: string
  answers: readonly BookedAnswer[]
}

/** A received file, as a page may show it. */
export interface ViewedFile extends BookedFile {
  entries: ViewedEntry[]
  /** How many there are in all; `entries` holds the first. */
  entryCount: number
  maskedText: string
}

/** A file the bank put out. */
export interface ViewedAnswerFile {
  directory: string
  name: string
  sizeBytes: number
  at: Date
  maskedText: string
}

const FILES_MAX = 50
const ENTRIES_MAX = 100
const SHOWN_BYTES_MAX = 100_000

/** The files a customer sent, newest first. */
export async function receivedFiles(customer: BankCustomer): Promise<ViewedFile[]> {
  const newest = customer.book.files.toReversed().slice(0, FILES_MAX)
  return Promise.all(newest.map((file) => viewed(customer, file)))
}

async function viewed(customer: BankCustomer, file: BookedFile): Promise<ViewedFile> {
  const bytes = (await readPlainFile(customer.path('received', file.name))) ?? new Uint8Array()
  const batches = file.verdict.startsWith('ACCEPTED') ? (decodeFile(bytes).file?.batches ?? []) : []
  const entries: ViewedEntry[] = []
  let entryCount = 0
  for (const [batch, one] of batches.entries()) {
    entryCount += one.entries.length
    for (let entry = 0; entry < one.entries.length && entries.length < ENTRIES_MAX; entry++) {
      const found = one.entries.at(entry)
      if (found !== undefined) entries.push(viewedEntry(file, one, found, { batch, entry }))
    }
  }
  return { ...file, entries, entryCount, maskedText: masked(bytes) }
}

function viewedEntry(
  file: BookedFile,
  batch: Batch,
  entry: Entry,
  place: { batch: number; entry: number },
): ViewedEntry {
  const digits = entry.accountNumber.trim()
  return {
    ...place,
    secCode: batch.header.standardEntryClassCode,
    direction: isCreditCode(entry.transactionCode) ? 'credit' : 'debit',
    name: entry.individualName.trim(),
    accountEnd: digits.slice(-Math.min(4, Math.floor(digits.length / 2))),
    amountCents: entry.amountCents,
    settles: settlementOf(batch.header, entry, new Date(file.receivedAt)),
    answers: file.answers.filter((answer) => answer.batch === place.batch && answer.entry === place.entry),
  }
}

/** What the bank has for a customer to fetch, and what they have fetched and put aside, newest first. */
export async function answerFiles(customer: BankCustomer): Promise<ViewedAnswerFile[]> {
  const files: ViewedAnswerFile[] = []
  for (const directory of [DIRECTORIES.outbox, DIRECTORIES.returns, DIRECTORIES.processed]) {
    for (const name of await readdir(customer.path(directory, ''))) {
      const stats = await stat(customer.path(directory, name)).catch(() => null)
      if (stats?.isFile()) files.push({ directory, name, sizeBytes: stats.size, at: stats.mtime, maskedText: '' })
    }
  }
  const newest = files.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, FILES_MAX)
  for (const file of newest) {
    file.maskedText = masked((await readPlainFile(customer.path(file.directory, file.name))) ?? new Uint8Array())
  }
  return newest
}

function masked(bytes: Uint8Array): string {
  return maskRecords(Buffer.from(bytes.subarray(0, SHOWN_BYTES_MAX)).toString('latin1'))
}
