import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { sweep } from '../../src/server.ts'
import { type Databases, openDatabases } from '../../src/storage/directory.ts'
import { mainByHand } from '../../src/storage/testing/by-hand.ts'
import type { Storage } from '../../src/storage/transaction.ts'
import { type Arrival, SimulatedBank } from './bank.ts'
import { type BankWorld, bankDoor } from './bank-door.ts'
import { type Company, HOST_KEY, hostOf, PASSWORD } from './company.ts'
import { type Focus, isAboutRenames, pickFocus } from './focus.ts'
import { Ledger } from './ledger.ts'
import { Moments } from './moments.ts'
import { Post } from './post.ts'
import { type ProcessWorld, type SimulatedProcess, startProcess } from './process.ts'
import { type Random, randomFrom } from './random.ts'
import { ServerLog } from './server-log.ts'
import { Strikes } from './strikes.ts'
import { idsFrom, type Template } from './template.ts'
import { Trace } from './trace.ts'
import { failingKeys, isOfWeather, NO_TROUBLE, type Troubles } from './troubles.ts'
import { VirtualTime } from './virtual-time.ts'
import { Works } from './works.ts'

const FIRST_DAY = Date.parse('2026-01-06T12:00:00Z')
const DAYS = 700
const DAY_MS = 86_400_000

/** Everything that one seed decides about: two companies, their banks, the processes of the server and who calls it. */
export class World {
  readonly seed: number
  readonly random: Random
  readonly time: VirtualTime
  readonly trace: Trace
  readonly ledger = new Ledger()
  readonly companies: readonly Company[]
  readonly focus: Focus
  readonly banks = new Map<string, SimulatedBank>()
  readonly processes: SimulatedProcess[] = []
  readonly works: Works
  readonly post = new Post(this)
  readonly moments = new Moments()
  readonly #strikes = new Strikes(this)
  readonly folder: string
  readonly databases: Databases
  troubles: Troubles = NO_TROUBLE
  /** What is done some time after a process was killed. */
  onGone: () => void = () => {}
  /** Whoever sees this comes to an end. */
  isEnding = false
  faults = 0
  /** How many submissions ended in which state. */
  readonly ends = new Map<string, number>()
  #heardUntil = 0
  #hasCommitted = false
  #arrivals: Arrival[] = []
  readonly #started: Date
  readonly #main: Storage['read']
  readonly #serverLog: ServerLog

  private constructor(
    seed: number,
    template: Template,
    folder: string,
    databases: Databases,
    { print, focus }: SeedOptions,
  ) {
    this.seed = seed
    this.random = randomFrom(seed)
    const start = new Date(FIRST_DAY + this.random.below(DAYS) * DAY_MS + this.random.below(DAY_MS))
    this.#started = start
    this.time = new VirtualTime(start, this.random)
    this.trace = new Trace(this.time.now, print)
    const own = pickFocus(this.random)
    this.focus = focus ?? own
    this.trace.add('focus', this.focus)
    this.companies = template.companies
    this.folder = folder
    this.databases = databases
    this.#main = mainByHand(databases).read
    this.#serverLog = new ServerLog(databases.control)
    this.works = new Works(this)
    for (const company of template.companies) this.#openBanks(company)
  }

  static async open(seed: number, template: Template, root: string, options: SeedOptions): Promise<World> {
    const folder = join(root, `seed-${seed}`)
    cpSync(template.folder, folder, { recursive: true })
    const databases = await openDatabases({ dataFolder: folder })
    const world = new World(seed, template, folder, databases, options)
    await world.#hear()
    return world
  }

  get virtualDays(): number {
    return (this.time.ms - this.#started.getTime()) / DAY_MS
  }

  /** One more process on the same databases, with a folder of its own for what it signs. */
  async start(name: string): Promise<SimulatedProcess> {
    const folder = join(this.folder, name)
    mkdirSync(folder, { mode: 0o700 })
    const own = readdirSync(this.folder, { withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.includes('.db'),
    )
    for (const entry of own) cpSync(join(this.folder, entry.name), join(folder, entry.name))
    const process = await startProcess(this.#processWorld(), name, folder)
    await process.parts.keys.resume()
    this.processes.push(process)
    this.trace.add(name, 'starts')
    return process
  }

  kill(process: SimulatedProcess): void {
    process.kill()
    this.processes.splice(this.processes.indexOf(process), 1)
    this.trace.add(process.name, 'is killed')
  }

  /** What the server looks after from time to time. It may die or be stopped meanwhile, so nobody waits for it. */
  sweep(process: SimulatedProcess): void {
    this.trace.add(process.name, 'sweeps')
    void sweep(process.parts, process.access).catch((error: unknown) => this.onError(process.name, error))
  }

  onError(process: string, error: unknown): void {
    this.trace.add(process, `error ${error instanceof Error ? error.name : 'unknown'}`)
    if (!isOfWeather(error)) this.ledger.breach(`an error nobody foresaw: ${String(error)}`)
  }

  /** Lets the next one go on, then looks at what it changed. */
  async step(): Promise<void> {
    await this.time.step()
    if (this.#hasCommitted) {
      await this.#hear()
      await this.#serverLog.hear((action) => this.ledger.hearOfServer(action))
    }
    for (const arrival of this.#arrivals.splice(0)) this.#judge(arrival)
  }

  /** Goes on until this has come to its end. */
  async until<T>(work: Promise<T>): Promise<T> {
    let isOver = false
    const end = () => {
      isOver = true
    }
    work.then(end, end)
    while (!isOver && this.ledger.breaches.length === 0) await this.step()
    if (!isOver) throw new Broken()
    return work
  }

  async close(): Promise<void> {
    for (const process of this.processes) process.kill()
    await this.databases.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  ended(state: string): void {
    this.ends.set(state, (this.ends.get(state) ?? 0) + 1)
  }

  onFault(what: string): void {
    this.faults++
    this.trace.add('fault', what)
  }

  #processWorld(): ProcessWorld {
    const { time, random } = this
    return {
      time,
      databases: this.databases,
      storageFaults: {
        time,
        random,
        faultRate: () => this.troubles.storage,
        onFault: (what) => this.onFault(what),
        atGate: (owner) => this.#strikes.atGate(owner),
        onCommit: (owner) => {
          this.#hasCommitted = true
          this.works.wake()
          this.#strikes.afterCommit(owner)
        },
      },
      mailer: this.post,
      surroundings: (owner) => ({
        keyProvider: failingKeys(this, this.folder),
        bank: bankDoor(this.#bankWorld(), owner),
        sendWebhook: (message) => this.post.webhook(message, owner),
        peopleNow: time.now,
        newId: idsFrom(random),
        random: random.next,
      }),
      onError: (process, error) => this.onError(process, error),
    }
  }

  #bankWorld(): BankWorld {
    return {
      time: this.time,
      random: this.random,
      banks: this.banks,
      faultRate: () => this.troubles.bank,
      focus: () => (this.isEnding ? 'none' : this.focus),
      onFault: (what) => this.onFault(what),
      atGate: (owner, weight) => this.#strikes.atGate(owner, weight),
      beforeRename: (owner) => this.#strikes.beforeRename(owner),
      onUpload: (host) => this.moments.uploads(this.#companyOf(host).id),
      onRequest: (what) => this.trace.add('bank', what),
      onRename: (host, to, left) => {
        const company = this.#companyOf(host)
        if (this.ledger.isHeldBack(company.id)) this.ledger.breach(`${to} was sent after deliveries were stopped`)
        for (const part of left) this.ledger.breach(`${part} was left beside ${to}`)
      },
    }
  }

  #openBanks(company: Company): void {
    const { random } = this
    const sweeps = random.weighted({ never: 1, atOnce: isAboutRenames(this.focus) ? 4 : 1, later: 1 })
    for (const which of ['first', 'second'] as const) {
      const habits = {
        sweeps,
        mayRead: random.chance(0.7),
        acknowledges: random.chance(0.6),
        returnRate: random.chance(0.5) ? 0.3 : 0,
        correctionRate: random.chance(0.5) ? 0.2 : 0,
        hostKey: HOST_KEY,
        password: PASSWORD,
      }
      const host = hostOf(company.name, which)
      const onArrival = (arrival: Arrival) => this.#arrivals.push(arrival)
      this.banks.set(host, new SimulatedBank(host, habits, { time: this.time, random, onArrival }))
    }
  }

  #companyOf(host: string): Company {
    const company = this.companies.find(({ name }) => host.endsWith(`.${name.toLowerCase()}.test`))
    if (company === undefined) throw new Error(`${host} is nobody's bank.`)
    return company
  }

  /** Copies at any bank of the company of this host. */
  copiesOf(company: Company, sha256: string): number {
    const hosts = (['first', 'second'] as const).map((which) => hostOf(company.name, which))
    return hosts.reduce((sum, host) => sum + (this.banks.get(host)?.copiesOf(sha256) ?? 0), 0)
  }

  #judge(arrival: Arrival): void {
    const company = this.#companyOf(arrival.bank)
    this.trace.add('bank', `has ${arrival.name}`)
    this.ledger.arrived(company.id, arrival, this.copiesOf(company, arrival.sha256))
  }

  async #hear(): Promise<void> {
    this.#hasCommitted = false
    const told = await this.#main.all<ToldRow>(
      sql`SELECT seq, organization_id, action, target_id, outcome, request_id, data_json FROM audit_events
        WHERE seq > ${this.#heardUntil} ORDER BY seq`,
    )
    for (const row of told) {
      this.#heardUntil = row.seq
      this.trace.add('log', `${row.action} ${row.outcome} ${row.target_id}`)
      this.ledger.hear({
        organizationId: row.organization_id,
        action: row.action,
        targetId: row.target_id,
        outcome: row.outcome,
        requestId: row.request_id,
        data: JSON.parse(row.data_json) as Record<string, unknown>,
      })
    }
  }
}

/** Something that must never be was found: nothing that comes after would tell more. */
export class Broken extends Error {}

export interface SeedOptions {
  /** Is given each line of the trace. */
  print?: ((line: string) => void) | undefined
  /** What the seed is about, whatever it would choose itself. */
  focus?: Focus | undefined
}

interface ToldRow {
  seq: number
  organization_id: string
  action: string
  target_id: string
  outcome: string
  request_id: string | null
  data_json: string
}
