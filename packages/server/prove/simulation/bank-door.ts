import type { Bank, BankSession, BankSettings, RemoteEntry, RemoteFile } from '../../src/banks/bank.ts'
import { BankFault, type BankFaultCode } from '../../src/banks/bank-fault.ts'
import { INBOX, type SimulatedBank } from './bank.ts'
import { FOCUSED_RATE, FOCUSED_TROUBLES, type Focus } from './focus.ts'
import type { Random } from './random.ts'
import type { Owner, VirtualTime } from './virtual-time.ts'

export interface BankWorld {
  time: VirtualTime
  random: Random
  banks: ReadonlyMap<string, SimulatedBank>
  /** How often a request to a bank meets a fault; 0 while the world is well. */
  faultRate(): number
  /** What goes wrong more often than anything else. */
  focus(): Focus
  onFault(what: string): void
  /** A moment at which the process can be stopped or killed. */
  atGate(owner: Owner, weight?: number): void
  /** The moment before a rename is asked for, which nothing can take back. */
  beforeRename(owner: Owner): void
  onRequest(what: string): void
  /** The first request of an upload is about to be made. */
  onUpload(host: string): void
  /**
   * A rename is asked for now: from here on nothing can hold it back. `left` are parts of earlier attempts at the same
   * file that lay there when this one connected, and that nobody has tried to remove.
   */
  onRename(host: string, to: string, left: readonly string[]): void
}

const LATENCY_MAX_MS = 60
const SLOW_MAX_MS = 25_000
/** We wait as long for an answer. */
const PATIENCE_MS = 30_000
/** A bank hangs up on who says nothing for as long. Nobody answers a question about a file sooner than this. */
export const IDLE_MS = 5 * 60_000
/** The longest that a request lies at the bank before it is done although nobody waits for it any more. */
const LATE_MAX_MS = 60_000

/** The rename is where a file can be lost or doubled, so it goes wrong more often than anything else. */
const RENAME_WEIGHT = 5
const RATE_MAX = 0.9

const CONNECTING = { unreachable: 4, timedOut: 2, badLogin: 1, hostKeyChanged: 1, noFileTransfer: 1 }
const ASKING = {
  dropBefore: 4,
  dropAfter: 4,
  silent: 3,
  slow: 3,
  refused: 2,
  noPermission: 1,
  lieDone: 2,
  lieRefused: 2,
  odd: 3,
}
type Trouble = keyof typeof ASKING

/** The port to the banks for one process. Between asking and doing, and between doing and hearing, anything may happen. */
export function bankDoor(world: BankWorld, owner: Owner): Bank {
  return {
    async connect(settings) {
      await world.time.wait(world.random.between(1, LATENCY_MAX_MS), owner)
      if (world.random.chance(world.faultRate())) {
        const fault: BankFaultCode = world.random.weighted(CONNECTING)
        world.onFault(`connecting: ${fault}`)
        throw new BankFault(fault)
      }
      return new Session(world, owner, bankOf(world, settings))
    },
  }
}

function bankOf({ banks }: BankWorld, { host, hostKeyFingerprints, authentication }: BankSettings): SimulatedBank {
  const bank = banks.get(host)
  if (bank === undefined) throw new BankFault('addressUnknown')
  if (!hostKeyFingerprints.includes(bank.habits.hostKey)) throw new BankFault('hostKeyChanged')
  const isRight = authentication.method === 'password' && authentication.password.reveal() === bank.habits.password
  if (!isRight) throw new BankFault('badLogin')
  return bank
}

class Session implements BankSession {
  readonly hostKeyFingerprint: string
  readonly #world: BankWorld
  readonly #owner: Owner
  readonly #bank: SimulatedBank
  readonly #partsBefore: readonly string[]
  #isLost = false
  #lastAt: number

  constructor(world: BankWorld, owner: Owner, bank: SimulatedBank) {
    this.#world = world
    this.#owner = owner
    this.#bank = bank
    this.hostKeyFingerprint = bank.habits.hostKey
    this.#lastAt = world.time.ms
    this.#partsBefore = [...bank.files.keys()].filter((path) => path.startsWith(`${INBOX}/.`))
  }

  stat(path: string): Promise<RemoteFile | null> {
    return this.#ask('stat', path, {
      do: () => {
        if (this.#bank.hasDirectory(path)) return { isFile: false, isDirectory: true, sizeBytes: 0 }
        const bytes = this.#bank.files.get(path)
        return bytes === undefined ? null : { isFile: true, isDirectory: false, sizeBytes: bytes.length }
      },
      odd: (found) => (found === null ? null : { ...found, sizeBytes: found.sizeBytes + 1 }),
    })
  }

  listDirectory(path: string): Promise<string[]> {
    return this.#ask('list', path, { do: () => this.#bank.names(path) })
  }

  async listFiles(path: string, max: number): Promise<{ files: RemoteEntry[]; isAll: boolean }> {
    const names = await this.#ask('list', path, { do: () => this.#bank.names(path) })
    const files = names.slice(0, max).map((name) => {
      const sizeBytes = this.#bank.files.get(`${path}/${name}`)?.length ?? 0
      return { name, isFile: true, sizeBytes, modifiedAt: null }
    })
    return { files, isAll: names.length <= max }
  }

  async uploadExclusive(path: string, bytes: Uint8Array): Promise<void> {
    const { files, host } = this.#bank
    this.#world.onUpload(host)
    await this.#ask('open', path, {
      do: () => {
        this.#mustHaveDirectory(path)
        if (files.has(path)) throw new BankFault('nameExists')
        files.set(path, new Uint8Array())
        this.#bank.arrived(path)
      },
    })
    await this.#ask('write', path, {
      do: () => {
        if (files.has(path)) files.set(path, bytes.slice())
      },
      odd: () => {
        files.set(path, bytes.slice(0, this.#world.random.below(bytes.length)))
        if (this.#world.random.chance(0.5)) throw new BankFault('diskFull')
      },
    })
  }

  rename(from: string, to: string): Promise<void> {
    const isPlaced = to.startsWith(`${INBOX}/`)
    if (isPlaced) this.#world.onRename(this.#bank.host, to, this.#leftOf(from, to))
    return this.#ask(isPlaced ? 'rename' : 'move', to, {
      do: () => {
        if (!this.#bank.files.has(from)) throw new BankFault('fileMissing')
        if (this.#bank.files.has(to)) throw new BankFault('nameExists')
        this.#bank.rename(from, to)
      },
    })
  }

  remove(path: string): Promise<boolean> {
    this.#bank.unwanted.add(path)
    return this.#ask('remove', path, { do: () => this.#bank.files.delete(path) })
  }

  async *readFile(path: string, maxBytes: number): AsyncIterable<Uint8Array> {
    const bytes = await this.#ask('read', path, {
      do: () => {
        const found = this.#bank.files.get(path)
        if (found === undefined) throw new BankFault('fileMissing')
        if (!this.#bank.habits.mayRead && path.startsWith(`${INBOX}/`)) throw new BankFault('noPermission')
        return found
      },
    })
    if (bytes.length > maxBytes) throw new BankFault('tooLarge')
    // A copy: whoever reads wipes what was read, and the file stays.
    yield bytes.slice()
  }

  #leftOf(from: string, to: string): string[] {
    const { files, unwanted } = this.#bank
    const ofFile = `${INBOX}/.${to.slice(INBOX.length + 1)}.`
    return this.#partsBefore.filter(
      (path) => path !== from && path.startsWith(ofFile) && files.has(path) && !unwanted.has(path),
    )
  }

  async close(): Promise<void> {
    this.#isLost = true
  }

  #mustHaveDirectory(path: string): void {
    if (!this.#bank.hasDirectory(path.slice(0, path.lastIndexOf('/')))) throw new BankFault('directoryMissing')
  }

  async #ask<T>(what: string, path: string, request: { do(): T; odd?(done: T): T }): Promise<T> {
    const { time, random } = this.#world
    const weight = what === 'rename' ? RENAME_WEIGHT : 1
    const trouble = this.#troubleOf(what, weight)
    const latency = trouble === 'slow' ? random.between(1, SLOW_MAX_MS) : random.between(1, LATENCY_MAX_MS)
    this.#world.atGate(this.#owner, weight)
    if (what === 'rename') this.#world.beforeRename(this.#owner)
    await time.wait(latency, this.#owner)
    if (time.ms - this.#lastAt > IDLE_MS) this.#isLost = true
    this.#lastAt = time.ms
    if (this.#isLost) throw new BankFault('connectionLost')
    this.#world.onRequest(`${what} ${this.#bank.host}${path}${trouble === null ? '' : `: ${trouble}`}`)
    if (trouble === null || trouble === 'slow') return this.#heard(request.do())
    return this.#troubled(trouble, what, request)
  }

  #troubleOf(what: string, weight: number): Trouble | null {
    const { random, faultRate, focus } = this.#world
    const focused = FOCUSED_TROUBLES[focus()]?.[what]
    if (focused !== undefined && random.chance(FOCUSED_RATE)) return random.weighted(focused)
    return random.chance(Math.min(RATE_MAX, faultRate() * weight)) ? random.weighted(ASKING) : null
  }

  async #heard<T>(done: T): Promise<T> {
    this.#world.atGate(this.#owner)
    await this.#world.time.wait(this.#world.random.between(1, LATENCY_MAX_MS), this.#owner)
    return done
  }

  async #troubled<T>(
    trouble: Exclude<Trouble, 'slow'>,
    what: string,
    request: { do(): T; odd?(done: T): T },
  ): Promise<T> {
    const { time, random, onFault } = this.#world
    onFault(`bank ${trouble}`)
    switch (trouble) {
      case 'dropBefore':
        return this.#hangUp('connectionLost')
      case 'dropAfter':
        ignoringRefusals(request.do)
        return this.#hangUp('connectionLost')
      case 'silent':
        if (random.chance(0.7)) time.after(random.between(0, LATE_MAX_MS), () => ignoringRefusals(request.do))
        await time.wait(PATIENCE_MS, this.#owner)
        return this.#hangUp('timedOut')
      case 'lieRefused':
        ignoringRefusals(request.do)
        throw new BankFault('refused')
      case 'lieDone':
        // Only a change can be claimed: an answer to a question would have to be invented.
        return what === 'rename' || what === 'write' ? this.#heard(undefined as T) : this.#heard(request.do())
      case 'odd':
        return this.#heard(request.odd === undefined ? request.do() : request.odd(request.do()))
      case 'refused':
      case 'noPermission':
        throw new BankFault(trouble)
    }
  }

  #hangUp(code: 'connectionLost' | 'timedOut'): never {
    this.#isLost = true
    throw new BankFault(code)
  }
}

function ignoringRefusals(request: () => unknown): void {
  try {
    request()
  } catch (refusal) {
    if (!(refusal instanceof BankFault)) throw refusal
  }
}
