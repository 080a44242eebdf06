import { createHash } from 'node:crypto'
import type { Random } from './random.ts'
import { paymentsIn } from './read-file.ts'
import { answerFileOf, type BankAnswer } from './return-file.ts'
import type { VirtualTime } from './virtual-time.ts'

export const INBOX = '/in'
export const OUTBOX = '/out'
export const RETURNS = '/returns'
export const PROCESSED = '/processed'
const DIRECTORIES = new Set([INBOX, OUTBOX, RETURNS, PROCESSED])

/** How the bank treats what arrives. */
export interface Habits {
  /** When it takes a file that has its final name. */
  sweeps: 'never' | 'atOnce' | 'later'
  mayRead: boolean
  /** Whether it answers each file it takes. */
  acknowledges: boolean
  /** How likely an entry comes back. */
  returnRate: number
  /** How likely it tells of a wrong account number in one that it pays. */
  correctionRate: number
  hostKey: string
  password: string
}

/** A file that got a final name at the bank. From this moment the bank may pay it. */
export interface Arrival {
  bank: string
  name: string
  bytes: Uint8Array
  sha256: string
}

const SWEEP_MAX_MS = 40 * 60_000
const ANSWER_MAX_MS = 20 * 60_000
const RETURN_MAX_MS = 86_400_000
const REJECTED = 0.1

/** What lies at one bank, and what it does with it. It knows nothing of us. */
export class SimulatedBank {
  readonly host: string
  readonly habits: Habits
  readonly files = new Map<string, Uint8Array>()
  /** Paths whose removal was ever asked for. */
  readonly unwanted = new Set<string>()
  /** Everything that ever arrived, swept or not. */
  readonly arrivals: Arrival[] = []
  /** Trace numbers of the entries that were answered, each once and in one way. */
  readonly answered: Readonly<Record<BankAnswer, string[]>> = { returned: [], corrected: [] }
  readonly #time: VirtualTime
  readonly #random: Random
  readonly #onArrival: (arrival: Arrival) => void

  constructor(
    host: string,
    habits: Habits,
    world: { time: VirtualTime; random: Random; onArrival(arrival: Arrival): void },
  ) {
    this.host = host
    this.habits = habits
    this.#time = world.time
    this.#random = world.random
    this.#onArrival = world.onArrival
  }

  hasDirectory(path: string): boolean {
    return DIRECTORIES.has(path)
  }

  names(directory: string): string[] {
    return [...this.files.keys()]
      .filter((path) => path.startsWith(`${directory}/`))
      .map((path) => path.slice(directory.length + 1))
      .toSorted()
  }

  copiesOf(sha256: string): number {
    return this.arrivals.filter((arrival) => arrival.sha256 === sha256).length
  }

  /** Gives a file that is there a name that is free, as a whole. */
  rename(from: string, to: string): void {
    const bytes = this.files.get(from)
    if (bytes === undefined) throw new Error('There is no such file.')
    this.files.delete(from)
    this.files.set(to, bytes)
    this.arrived(to)
  }

  /** Whatever lies in the inbox without a leading dot is taken for a file to be paid. */
  arrived(path: string): void {
    const name = path.slice(INBOX.length + 1)
    const bytes = this.files.get(path)
    if (bytes === undefined || !path.startsWith(`${INBOX}/`) || name.startsWith('.')) return
    const arrival = { bank: this.host, name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
    this.arrivals.push(arrival)
    this.#onArrival(arrival)
    this.#answer(arrival)
    const { sweeps } = this.habits
    if (sweeps === 'atOnce') this.#sweep(path, arrival)
    else this.#time.after(this.#random.between(1, SWEEP_MAX_MS), () => this.#sweep(path, arrival))
  }

  /** Some time later the bank puts down what comes back of a file, and what is wrong in it. */
  #answer(arrival: Arrival): void {
    const { returnRate, correctionRate } = this.habits
    const back: string[] = []
    const wrong: string[] = []
    for (const trace of paymentsIn(arrival.bytes).traceNumbers) {
      if (this.#random.chance(returnRate)) back.push(trace)
      else if (this.#random.chance(correctionRate)) wrong.push(trace)
    }
    this.#putDown(arrival, back, 'returned')
    this.#putDown(arrival, wrong, 'corrected')
  }

  #putDown({ bytes, name }: Arrival, traces: readonly string[], answer: BankAnswer): void {
    if (traces.length === 0) return
    this.#time.after(this.#random.between(1, RETURN_MAX_MS), () => {
      const made = answerFileOf(bytes, traces, this.#time.now(), answer)
      if (made === null) return
      this.answered[answer].push(...traces)
      this.files.set(`${RETURNS}/${name}.${answer}`, made)
    })
  }

  #sweep(path: string, arrival: Arrival): void {
    if (this.habits.sweeps !== 'never') this.files.delete(path)
    if (!this.habits.acknowledges) return
    const word = this.#random.chance(REJECTED) ? 'REJECTED not today' : `ACCEPTED ${arrival.sha256}`
    this.#time.after(this.#random.between(1, ANSWER_MAX_MS), () => {
      this.files.set(`${OUTBOX}/${arrival.name}.ack`, Buffer.from(`${word}\n`))
    })
  }
}
