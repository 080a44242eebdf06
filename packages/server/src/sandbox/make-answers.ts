import {
  type AchFile,
  addDays,
  batchHeader,
  contestDishonoredReturns,
  dishonorReturns,
  encodeFile,
  julianDay,
  makeNotifications,
  makeReturns,
  mergeFiles,
  type Outcome,
  type ReplyOptions,
} from '@fistworks/nacha'
import { correctionOf } from './correct-entry.ts'
import { type PlannedAnswer, settlementOf } from './plan-answers.ts'

/** A received file with what the bank says about it today. */
export interface AnsweredFile<A extends PlannedAnswer = PlannedAnswer> {
  file: AchFile
  receivedAt: Date
  answers: readonly A[]
  /** Every answer to the file so far: a dispute goes on from the ones before. */
  earlier: readonly NumberedAnswer[]
}

/** An answer that was put out, under the trace sequence number it got. */
export type NumberedAnswer = PlannedAnswer & { sequence: number | null }

export interface DayOptions {
  day: string
  /** `HHMM`. */
  time: string
  fileIdModifier: string
  /** Takes trace sequence numbers of the bank. @returns the first of them */
  takeSequences(count: number): number
  /** What became of each answer: its number, or why the rules do not allow it. */
  onAnswer(answer: PlannedAnswer, became: { sequence: number } | { problem: string }): void
}

/** The files of one day: one for each pair of parties, of all that the bank says. */
export function makeDayFiles(answered: readonly AnsweredFile[], options: DayOptions): Uint8Array[] {
  const pieces = answered.flatMap((each) => [
    ...(['return', 'correction'] as const).flatMap((kind) => makeReplies(each, kind, options) ?? []),
    ...each.answers.filter(isDispute).flatMap((answer) => makeDispute(each, answer, options) ?? []),
  ])
  const stamp = { fileCreationDate: options.day, fileCreationTime: options.time }
  const { files, problems } = mergeFiles(pieces, { stamp })
  if (problems.length > 0) throw new Error(`The bank cannot put its answers into one file: ${problems[0]?.message}`)
  return files.map(({ file }) => settled(encodeFile(file), options.day))
}

const isDispute = ({ kind }: PlannedAnswer) => kind === 'dishonor' || kind === 'contest'

/** Returns and corrections of a file at once: a file of thousands of entries is read once, not for each. */
function makeReplies(answered: AnsweredFile, kind: 'return' | 'correction', options: DayOptions): AchFile | null {
  let answers = answered.answers.filter((answer) => answer.kind === kind)
  const first = options.takeSequences(answers.length)
  while (answers.length > 0) {
    const { file, problems } = reply(answered.file, kind, answers, stampOf(options, first))
    if (file !== null) {
      for (const [index, answer] of answers.entries()) options.onAnswer(answer, { sequence: first + index })
      return file
    }
    const refused = (answer: PlannedAnswer) =>
      problems.find(({ batch, entry }) => batch === null || (batch === answer.batch && entry === answer.entry))
    for (const answer of answers) {
      const problem = refused(answer)?.message
      if (problem !== undefined) options.onAnswer(answer, { problem })
    }
    const left = answers.filter((answer) => refused(answer) === undefined)
    if (left.length === answers.length) throw new Error(`The bank cannot answer: ${problems[0]?.message}`)
    answers = left
  }
  return null
}

function reply(file: AchFile, kind: 'return' | 'correction', answers: readonly PlannedAnswer[], stamp: ReplyOptions) {
  if (kind === 'return') return makeReturns(file, answers.map(returnOrder), stamp)
  const orders = answers.flatMap(({ batch, entry, code, on }) => {
    const found = file.batches[batch]?.entries.at(entry)
    const correction = found === undefined ? null : correctionOf(code, found)
    return correction === null ? [] : [{ batch, entry, correction, on }]
  })
  return makeNotifications(file, orders, stamp)
}

const returnOrder = ({ batch, entry, code, on }: PlannedAnswer) => ({ ...special(code, on), batch, entry, code, on })

function makeDispute(answered: AnsweredFile, answer: PlannedAnswer, options: DayOptions): AchFile | null {
  const sequence = options.takeSequences(1)
  const outcome = disputeOf(answered, answer, sequence, options)
  const problem = outcome === null ? 'There is no return to argue about.' : outcome.problems[0]?.message
  options.onAnswer(answer, problem === undefined ? { sequence } : { problem })
  return outcome?.file ?? null
}

function disputeOf(answered: AnsweredFile, answer: PlannedAnswer, sequence: number, day: DayOptions): Outcome | null {
  const { kind, code, on } = answer
  if (kind === 'return') return makeReturns(answered.file, [returnOrder(answer)], stampOf(day, sequence))
  const before = remade(answered, answer, kind === 'dishonor' ? 'return' : 'dishonor', day)
  if (before === null) return null
  const order = { batch: 0, entry: 0, code, on, settledOn: before.on }
  const options = { ...stampOf(day, sequence), ...partiesBack(answered.file) }
  if (kind === 'dishonor') return dishonorReturns(before.file, [{ ...order, ...special(code, on) }], options)
  return contestDishonoredReturns(before.file, [{ ...order, ...proofOf(answered, answer) }], options)
}

/** Whatever the banks say to each other, it is this bank that tells its customer. */
function partiesBack({ header }: AchFile) {
  return {
    immediateDestination: header.immediateOrigin,
    immediateOrigin: header.immediateDestination,
    immediateDestinationName: header.immediateOriginName,
    immediateOriginName: header.immediateDestinationName,
  }
}

/** The answer that this one answers, made once more under its own number. */
function remade(answered: AnsweredFile, { batch, entry }: PlannedAnswer, kind: PlannedAnswer['kind'], day: DayOptions) {
  const before = answered.earlier.find((one) => one.batch === batch && one.entry === entry && one.kind === kind)
  if (before === undefined || before.sequence === null) return null
  const outcome = disputeOf(answered, before, before.sequence, { ...day, day: before.on })
  return outcome?.file ? { file: outcome.file, on: before.on } : null
}

function stampOf({ day, time, fileIdModifier }: DayOptions, sequence: number): ReplyOptions {
  return { fileCreationDate: day, fileCreationTime: time, fileIdModifier, firstTraceSequence: sequence }
}

const DEAD_DAYS = 7

/** What some codes come with. */
function special(code: string, on: string): { information?: string; wrongFields?: string[]; dateOfDeath?: string } {
  if (code === 'R17') return { information: 'ACCOUNT NUMBER' }
  if (code === 'R14' || code === 'R15') return { dateOfDeath: addDays(on, -DEAD_DAYS) }
  return code === 'R69' ? { wrongFields: ['01'] } : {}
}

/** The two days that a contest must prove. */
function proofOf({ file, receivedAt, earlier }: AnsweredFile, { batch, entry }: PlannedAnswer) {
  const returned = earlier.find((one) => one.batch === batch && one.entry === entry && one.kind === 'return')
  const original = file.batches[batch]
  const found = original?.entries.at(entry)
  if (returned === undefined || original === undefined || found === undefined) return {}
  return { returnedOn: returned.on, originalSettledOn: settlementOf(original.header, found, receivedAt) }
}

const BATCH_HEADER = 0x35

/** Fills in what the Operator does: the day of the year on which the batches settle. */
function settled(bytes: Uint8Array, day: string): Uint8Array {
  const { start, length } = batchHeader.field.settlementDate
  const julian = Buffer.from(julianDay(day), 'latin1')
  const filled = Buffer.from(bytes)
  for (let at = 0; at < filled.length; at = filled.indexOf('\n', at) + 1 || filled.length) {
    if (filled[at] === BATCH_HEADER) julian.copy(filled, at + start, 0, length)
  }
  return filled
}
