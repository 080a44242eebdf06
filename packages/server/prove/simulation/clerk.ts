import { addBankingDays, civilDateAt, NETWORK_TIME_ZONE } from '@fistworks/nacha'
import type { Answer, Client } from './client.ts'
import type { Caller, Company } from './company.ts'
import { changeConnection } from './connection.ts'
import { type Focus, NEXT_IN_FOCUS } from './focus.ts'
import type { Seen } from './ledger.ts'
import { stopServer } from './operator.ts'
import { resolveUnknown } from './resolve.ts'
import { resume, stopOrResume } from './rules.ts'
import { addSchedule } from './schedule.ts'
import type { World } from './world.ts'

/** A file of the next two is sent at once, one for later waits. Of tomorrow's payments some come too late. */
const BANKING_DAYS_AHEAD = { 1: 5, 2: 4, 3: 1, 5: 1 }
/** How likely somebody goes on with the file at once. */
const GOES_ON = 0.75
const THINKING = { seconds: 60, minutes: 30, hours: 10 }
const THINKING_MS = { seconds: 60_000, minutes: 60 * 60_000, hours: 30 * 60 * 60_000 }
const ROUTING_NUMBERS = ['091000019', '121042882', '026009593']

/** Is done while the file is on its way, by who lives for it. */
const ON_THE_WAY = new Set(['brake', 'cancel'])
/** Its way to the bank begins sooner, or it waits for something. */
const ON_THE_WAY_WITHIN_MS = 5_000
const WAY_MS = 250
/** How likely it is the operator who stops deliveries, those of everybody. */
const BY_THE_OPERATOR = 0.4

/** What somebody does next with a file, by its status; the most likely has the largest weight. */
const NEXT: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  draft: { requestApproval: 80, update: 12, cancel: 4, leave: 4 },
  rejected: { update: 60, cancel: 20, leave: 20 },
  pendingApproval: { approve: 80, reject: 8, cancel: 4, approveAsAuthor: 4, leave: 4 },
  approved: { submit: 84, reject: 5, cancel: 3, leave: 8 },
  submitted: { look: 50, leave: 40, cancel: 10 },
  delivered: { look: 20, leave: 80 },
  needsAttention: { resolve: 80, leave: 20 },
  failed: { retry: 60, leave: 40 },
}

interface ShownFile {
  id: string
  status: string
  version: number
  submissionId: string | null
  batches: { entries: Seen[] }[]
}

/** Somebody who makes and moves payments of one company, one step after the other, with time in between. */
export class Clerk {
  readonly #world: World
  readonly #client: Client
  readonly #company: Company
  readonly #next: typeof NEXT
  readonly #goesOn: number
  readonly #isInFocus: boolean
  readonly #recipients: string[] = []
  readonly #files: string[] = []
  #made = 0

  /** @param focus what they live for, if for anything: they go straight on until it comes to that */
  constructor(world: World, client: Client, company: Company, focus?: Focus) {
    this.#world = world
    this.#client = client
    this.#company = company
    this.#next = focus === undefined ? NEXT : NEXT_IN_FOCUS[focus]
    this.#isInFocus = focus !== undefined
    this.#goesOn = focus === undefined ? GOES_ON : 1
  }

  async work(rounds: number): Promise<void> {
    await this.#addRecipient()
    for (let round = 0; round < rounds; round++) {
      await this.think()
      if (this.#world.ledger.isStopped(this.#company.id) && this.#world.random.chance(0.5)) {
        await resume(this.#client, this.#company)
      }
      const what = this.#world.random.weighted({
        file: 56,
        draft: 22,
        addRecipient: 6,
        changeRecipient: 5,
        changeConnection: 6,
        stop: 3,
        schedule: 5,
        foreign: 3,
        list: 4,
      })
      await this.#do(this.#isInFocus && what === 'file' ? 'draft' : what)
    }
  }

  async think(): Promise<void> {
    const { random, time } = this.#world
    await time.wait(random.between(1, THINKING_MS[random.weighted(THINKING)]))
  }

  async #do(what: Act): Promise<void> {
    if (what === 'addRecipient' || this.#recipients.length === 0) return this.#addRecipient()
    if (what === 'changeRecipient') return this.#changeRecipient()
    if (what === 'changeConnection') return changeConnection(this.#world, this.#client, this.#company)
    if (what === 'schedule') return addSchedule(this.#world, this.#client, this.#company, this.#recipients)
    if (what === 'stop') return stopOrResume(this.#world, this.#client, this.#company)
    if (what === 'foreign') return this.#askForForeign()
    if (what === 'list') return this.#list()
    if (what === 'draft' || this.#files.length === 0) return this.#draft()
    return this.#goOn(this.#world.random.pick(this.#files))
  }

  #writer(): Caller {
    const { people, machine } = this.#company
    return this.#world.random.pick([people.preparer, people.administrator, machine])
  }

  #numbers() {
    const { random } = this.#world
    const accountNumber = `88${String(random.below(1_000_000_000)).padStart(9, '0')}`
    return { routingNumber: random.pick(ROUTING_NUMBERS), accountNumber }
  }

  async #addRecipient(): Promise<void> {
    const numbers = this.#numbers()
    const name = `Supplier ${++this.#made}`
    const body = { name, holderType: 'business', accountType: 'checking', ...numbers, allowDuplicate: true }
    const answer = await this.#change(this.#writer(), 'POST', '/v1/recipients', { body, about: { numbers } })
    if (answer.status === 201) this.#recipients.push(String(answer.body['id']))
  }

  async #changeRecipient(id = this.#world.random.pick(this.#recipients)): Promise<void> {
    const numbers = this.#numbers()
    await this.#change(this.#writer(), 'PATCH', `/v1/recipients/${id}`, {
      body: { ...numbers, allowDuplicate: true },
      about: { numbers },
    })
  }

  async #askForForeign(): Promise<void> {
    const { ledger, random } = this.#world
    const foreign = [...ledger.ownerOf].filter(([id, owner]) => id.startsWith('rcp_') && owner !== this.#company.id)
    if (foreign.length === 0) return
    const path = `/v1/recipients/${random.pick(foreign)[0]}`
    const answer = await this.#client.read(this.#company, this.#company.people.administrator, path)
    if (answer.status === 200) ledger.breach(`${this.#company.name} reads ${path} of another company`)
  }

  async #list(): Promise<void> {
    const waiting = '/v1/ach-files?status=pendingApproval'
    const path = this.#world.random.pick([waiting, '/v1/submissions', '/v1/recipients'])
    const { body } = await this.#client.read(this.#company, this.#writer(), path)
    // Those of a schedule have nobody yet who goes on with them.
    const found = path === waiting && Array.isArray(body['data']) ? (body['data'] as { id: string }[]) : []
    for (const { id } of found) if (!this.#files.includes(id)) this.#files.push(id)
  }

  #batches() {
    const { random } = this.#world
    return Array.from({ length: random.between(1, 2) }, () => ({
      bankAccountId: random.pick(this.#company.accountIds),
      secCode: 'CCD',
      companyEntryDescription: 'VENDORPAY',
      effectiveDate: this.#effectiveDate(),
      entries: Array.from({ length: random.between(1, 4) }, () => ({
        recipientId: random.pick(this.#recipients),
        amountCents: random.between(1, 5_000_000),
        ...(random.chance(0.15) ? { direction: 'debit' } : {}),
      })),
    }))
  }

  #effectiveDate(): string {
    const { random, time } = this.#world
    const today = civilDateAt(time.now().toISOString(), NETWORK_TIME_ZONE)
    return addBankingDays(today, Number(random.weighted(BANKING_DAYS_AHEAD)))
  }

  async #draft(): Promise<void> {
    if (this.#recipients.length === 0) return
    const body = { name: `Payments ${++this.#made}`, batches: this.#batches() }
    const answer = await this.#change(this.#writer(), 'POST', '/v1/ach-files', { body })
    if (answer.status !== 201) return
    const id = String(answer.body['id'])
    this.#files.push(id)
    if (this.#world.random.chance(this.#goesOn)) await this.#goOn(id)
  }

  /** Reads the file as it is now and does what comes next, often several steps in a row. */
  async #goOn(id: string): Promise<void> {
    const { random } = this.#world
    let { status, body } = await this.#client.read(this.#company, this.#company.people.approver, `/v1/ach-files/${id}`)
    while (status === 200 && body['type'] === 'achFile') {
      const file = body as unknown as ShownFile
      this.#world.ledger.shown(file)
      const next = this.#next[file.status]
      if (next === undefined) {
        this.#files.splice(this.#files.indexOf(id), 1)
        return
      }
      const what = random.weighted(next)
      await this.#untilDoing(what, file)
      const answer = await this.#step(file, what)
      if (answer === null || !random.chance(this.#goesOn)) return
      ;({ status, body } = answer)
    }
  }

  async #untilDoing(what: string, { status }: ShownFile): Promise<void> {
    const { random, time, moments } = this.#world
    const isOnTheWay = this.#isInFocus && status === 'submitted' && ON_THE_WAY.has(what)
    if (!isOnTheWay) return time.wait(random.between(1, 60_000))
    await Promise.race([moments.upload(this.#company.id), time.wait(ON_THE_WAY_WITHIN_MS)])
    await time.wait(random.between(1, WAY_MS))
  }

  /** @returns the answer to a change; `null` when nothing was changed */
  async #step(file: ShownFile, what: string): Promise<Answer | null> {
    const { people, machine } = this.#company
    const { random } = this.#world
    const approver = random.pick([people.approver, people.secondApprover, people.administrator, people.owner])
    switch (what) {
      case 'requestApproval':
        return this.#decide(file, this.#writer(), 'request-approval')
      case 'cancel':
        return this.#decide(file, this.#writer(), 'cancel')
      case 'reject':
        return this.#decide(file, approver, 'reject', { reason: 'not now' })
      case 'submit':
        return this.#decide(file, random.pick([approver, machine]), 'submit')
      case 'approve':
        return this.#approve(file, approver)
      case 'approveAsAuthor':
        return this.#approve(file, people.administrator)
      case 'update':
        return this.#change(this.#writer(), 'PATCH', `/v1/ach-files/${file.id}`, {
          body: { version: file.version, batches: this.#batches() },
        })
      case 'move':
        return this.#move(file, approver)
      default:
        return this.#lookAfter(file, approver, what)
    }
  }

  /** The account of somebody whom the file pays changes; somebody else submits what they saw before, or looks again. */
  async #move(file: ShownFile, who: Caller): Promise<Answer> {
    const { id, batches } = file
    const [paid] = batches.flatMap(({ entries }) => entries)
    await this.#changeRecipient(paid?.recipientId)
    if (this.#world.random.chance(0.5)) await this.#decide(file, who, 'submit')
    return this.#client.read(this.#company, this.#company.people.approver, `/v1/ach-files/${id}`)
  }

  #decide({ id, version }: ShownFile, who: Caller, verb: string, more: object = {}): Promise<Answer> {
    return this.#change(who, 'POST', `/v1/ach-files/${id}/${verb}`, { body: { version, ...more } })
  }

  #approve({ id, version, batches }: ShownFile, who: Caller): Promise<Answer> {
    const seen = batches.flatMap(({ entries }) => entries)
    return this.#change(who, 'POST', `/v1/ach-files/${id}/approve`, { body: { version }, about: { seen } })
  }

  async #lookAfter({ submissionId }: ShownFile, who: Caller, what: string): Promise<null> {
    if (what === 'brake') await this.#brake()
    if (submissionId === null) return null
    const path = `/v1/submissions/${submissionId}`
    if (what === 'look') await this.#client.read(this.#company, who, path)
    if (what === 'retry') await this.#retry(path, who)
    if (what === 'resolve') await resolveUnknown(this.#world, this.#client, this.#company, submissionId)
    return null
  }

  #brake(): Promise<void> {
    if (this.#world.random.chance(BY_THE_OPERATOR)) return stopServer(this.#world)
    return stopOrResume(this.#world, this.#client, this.#company)
  }

  async #retry(path: string, who: Caller): Promise<void> {
    const body = this.#world.random.chance(0.5) ? { late: true } : {}
    await this.#change(who, 'POST', `${path}/retry`, { body })
  }

  #change(...[who, method, path, asked]: ChangeArguments) {
    return this.#client.change(this.#company, who, method, path, asked)
  }
}

type Act =
  | 'file'
  | 'schedule'
  | 'draft'
  | 'addRecipient'
  | 'changeRecipient'
  | 'changeConnection'
  | 'stop'
  | 'foreign'
  | 'list'
type ChangeArguments = Parameters<Client['change']> extends [Company, ...infer Rest] ? Rest : never
