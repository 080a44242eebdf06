import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { link, mkdir, open, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AchFile, decodeFile, isAcceptable, validateFile } from '@fistworks/nacha'
import { answersAt, bankDate, bankTime } from './bank-time.ts'
import { type BankBook, type BookedAnswer, type BookedFile, openBankBook, saveBankBook } from './bank-book.ts'
import { type AnsweredFile, makeDayFiles } from './make-answers.ts'
import { type PlannedAnswer, planAnswers } from './plan-answers.ts'
import type { BankConduct } from './scenarios.ts'
import { openSftpFolder, type SftpFolder } from './sftp-folder.ts'

/** What a customer sees by SFTP; the first is where they put their files, the two after it what the bank says. */
export const DIRECTORIES = { inbox: 'inbox', outbox: 'outbox', returns: 'returns', processed: 'processed' } as const
const LATE_MS = 24 * 3_600_000
const REASONS_MAX = 5

/** One customer of the sandbox bank: their folders, and what the bank knows of their files. */
export interface BankCustomer {
  folder: SftpFolder
  book: BankBook
  /** The plain files of a directory, by name. */
  path(directory: string, name: string): string
  /** A file lies complete in the inbox under this name. */
  receive(name: string): Promise<BankConduct | null>
  /** Adds answers to a file by hand. */
  plan(name: string, answers: readonly PlannedAnswer[]): Promise<void>
  /** Puts out everything that is due. */
  catchUp(): Promise<void>
  save(): Promise<void>
}

export async function openBankCustomer(home: string, now: () => Date): Promise<BankCustomer> {
  const { inbox, returns, processed } = DIRECTORIES
  const folder = await openSftpFolder(home, Object.values(DIRECTORIES), [inbox, returns, processed])
  await mkdir(join(home, 'received'), { recursive: true, mode: 0o700 })
  const bookFile = join(home, 'book.json')
  const book = await openBankBook(bookFile)
  const path = (directory: string, name: string) => join(home, directory, name)
  const save = () => saveBankBook(bookFile, book)
  let work: Promise<unknown> = Promise.resolve()
  /** One thing after the other, so that no answer is given twice. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = work.then(task)
    work = done.catch(() => undefined)
    return done
  }
  const desk: Desk = { home, book, path, save, now }
  const customer: BankCustomer = {
    folder,
    book,
    path,
    save,
    receive: (name) => inTurn(() => receive(desk, name)),
    plan: (name, answers) => inTurn(() => planByHand(desk, name, answers)),
    catchUp: () => inTurn(() => catchUp(desk)),
  }
  for (const name of await readdir(path(inbox, ''))) await customer.receive(name)
  return customer
}

interface Desk extends Pick<BankCustomer, 'book' | 'path' | 'save'> {
  home: string
  now(): Date
}

/** Reads a complete file and decides once what to say. Names that begin with a dot are still being written. */
async function receive(desk: Desk, name: string): Promise<BankConduct | null> {
  const { book, path, now } = desk
  if (name.startsWith('.') || book.files.some((file) => file.name === name)) return null
  const bytes = await readPlainFile(path(DIRECTORIES.inbox, name))
  if (bytes === null) return null
  await rm(path('received', name), { force: true })
  await link(path(DIRECTORIES.inbox, name), path('received', name))
  const receivedAt = now()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = decoded(bytes)
  const { conduct, answers } = file === null ? { conduct: null, answers: [] } : planAnswers(file, receivedAt)
  const twin = book.files.find((other) => other.sha256 === sha256 && other.verdict.startsWith('ACCEPTED'))
  const verdict =
    conduct === 'rejects'
      ? 'REJECTED because an account number or amount in it asks for that'
      : verdictOn(bytes, sha256, twin)
  const verdictMs = receivedAt.getTime() + (conduct === 'late' ? LATE_MS : 0)
  book.files.push({
    name,
    sizeBytes: bytes.length,
    sha256,
    receivedAt: receivedAt.toISOString(),
    conduct,
    verdict,
    verdictAt: conduct === 'silent' ? null : new Date(verdictMs).toISOString(),
    isAcknowledged: false,
    answers: verdict.startsWith('ACCEPTED') ? answers.map(booked) : [],
  })
  await desk.save()
  if (conduct === 'sweeps') await rm(path(DIRECTORIES.inbox, name), { force: true })
  await catchUp(desk)
  return conduct
}

const booked = (answer: PlannedAnswer): BookedAnswer => ({ ...answer, fileName: null, sequence: null, problem: null })

function verdictOn(bytes: Uint8Array, sha256: string, twin: BookedFile | undefined): string {
  if (twin !== undefined) return `REJECTED the same file came before as ${twin.name}`
  const violations = validateFile(bytes)
  if (isAcceptable(violations)) return `ACCEPTED ${sha256}`
  const errors = violations.filter(({ severity }) => severity === 'error')
  const reasons = errors.slice(0, REASONS_MAX).map(({ line, message }) => (line ? `line ${line}: ${message}` : message))
  const more = errors.length > REASONS_MAX ? ` (and ${errors.length - REASONS_MAX} more)` : ''
  return `REJECTED ${reasons.join('; ')}${more}`
}

async function planByHand(desk: Desk, name: string, answers: readonly PlannedAnswer[]): Promise<void> {
  const file = desk.book.files.find((one) => one.name === name)
  if (file === undefined) return
  file.answers.push(...answers.map(booked))
  await desk.save()
  await catchUp(desk)
}

async function catchUp(desk: Desk): Promise<void> {
  const { book, now } = desk
  const at = now()
  for (const file of book.files) {
    if (file.isAcknowledged || file.verdictAt === null || file.verdictAt > at.toISOString()) continue
    await place(
      desk,
      DIRECTORIES.outbox,
      `${file.name}.ack`,
      Buffer.from(`${file.verdict.replace(/^REJECTED/, `REJECTED ${file.sha256}`)}\n`),
      new Date(file.verdictAt),
    )
    file.isAcknowledged = true
    await desk.save()
  }
  const open = (answer: BookedAnswer) => answer.fileName === null && answer.problem === null
  const days = book.files.flatMap(({ answers }) => answers.filter(open).map(({ on }) => on))
  for (const day of [...new Set(days)].toSorted()) if (answersAt(day) <= at) await answerDay(desk, day, open, at)
}

/** Everything the bank says on one day, in one file for each pair of parties. */
async function answerDay(desk: Desk, day: string, isOpen: (answer: BookedAnswer) => boolean, at: Date): Promise<void> {
  const { book } = desk
  const answered: (AnsweredFile & { answers: BookedAnswer[] })[] = []
  for (const each of book.files) {
    const answers = each.answers.filter((answer) => answer.on === day && isOpen(answer))
    const bytes = answers.length === 0 ? null : await readPlainFile(desk.path('received', each.name))
    const file = bytes === null ? null : decoded(bytes)
    if (file === null) for (const answer of answers) answer.problem = 'The file is gone.'
    else answered.push({ file, receivedAt: new Date(each.receivedAt), answers, earlier: each.answers })
  }
  const done: BookedAnswer[] = []
  const files = makeDayFiles(answered, {
    day,
    time: bankDate(at) === day ? bankTime(at) : bankTime(answersAt(day)),
    fileIdModifier: MODIFIERS.charAt((book.answerFiles[day] ?? 0) % MODIFIERS.length),
    takeSequences: (count) => sequencesOf(book, count),
    onAnswer(answer, became) {
      const mine = answer as BookedAnswer
      if ('problem' in became) mine.problem = became.problem
      else mine.sequence = became.sequence
      if ('sequence' in became) done.push(mine)
    },
  })
  const names: string[] = []
  for (const bytes of files) {
    const count = (book.answerFiles[day] ?? 0) + 1
    book.answerFiles[day] = count
    const name = `returns-${day.replaceAll('-', '')}-${count}.ach`
    names.push(name)
    await place(desk, DIRECTORIES.returns, name, bytes, bankDate(at) === day ? at : answersAt(day))
  }
  for (const answer of done) answer.fileName = names.join(', ')
  await desk.save()
}

const MODIFIERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const SEQUENCE_MAX = 9_999_999

function sequencesOf(book: BankBook, count: number): number {
  if (book.sequences + count > SEQUENCE_MAX) book.sequences = 0
  const first = book.sequences + 1
  book.sequences += count
  return first
}

/** A file appears complete or not at all, and is as old as the bank's clock says. */
async function place(desk: Desk, directory: string, name: string, bytes: Uint8Array, at: Date): Promise<void> {
  const temporary = join(desk.home, 'being-written')
  await writeFile(temporary, bytes, { mode: 0o600 })
  await utimes(temporary, at, at)
  await rename(temporary, desk.path(directory, name))
}

function decoded(bytes: Uint8Array): AchFile | null {
  return isAcceptable(validateFile(bytes)) ? decodeFile(bytes).file : null
}

export async function readPlainFile(path: string): Promise<Uint8Array | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    try {
      return (await file.stat()).isFile() ? await file.readFile() : null
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}
