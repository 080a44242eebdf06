import { readFile, rename, writeFile } from 'node:fs/promises'
import type { PlannedAnswer } from './plan-answers.ts'
import type { BankConduct } from './scenarios.ts'

/** An answer and what became of it. */
export interface BookedAnswer extends PlannedAnswer {
  /** The file in `/returns` that holds it; `null` while it is not due, or when the rules do not allow it. */
  fileName: string | null
  /** Its trace sequence number. */
  sequence: number | null
  problem: string | null
}

/** A file the bank got, what it has said of it, and what it is going to say. */
export interface BookedFile {
  name: string
  sizeBytes: number
  sha256: string
  receivedAt: string
  conduct: BankConduct | null
  /** The first line of the acknowledgement: its verdict and why. */
  verdict: string
  /** When the acknowledgement is put out; `null` for never. */
  verdictAt: string | null
  isAcknowledged: boolean
  answers: BookedAnswer[]
}

/** What the bank knows of one customer. Plain data, written as a whole. */
export interface BankBook {
  files: BookedFile[]
  /** Trace sequence numbers used so far. */
  sequences: number
  /** How many files of answers there are of each day. */
  answerFiles: Record<string, number>
  /** Entries that already got their trouble, by trace number: when it began. */
  troubles: Record<string, string>
}

export async function openBankBook(path: string): Promise<BankBook> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as BankBook
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    return { files: [], sequences: 0, answerFiles: {}, troubles: {} }
  }
}

export async function saveBankBook(path: string, book: BankBook): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(book), { mode: 0o600 })
  await rename(`${path}.new`, path)
}
