import type { Arrival } from './bank.ts'
import type { Caller } from './company.ts'
import { paymentsIn } from './read-file.ts'

/** What a person saw of one payment when they agreed to it. */
export interface Seen {
  recipientId: string
  amountCents: number
  direction: string
}

/** What a request was about, told by who sent it. The audit log says whether it happened, and in which order. */
export interface Intent {
  requestId: string
  /** The Idempotency-Key: the same when the request is sent again. */
  key: string
  who: Caller
  numbers?: { routingNumber: string; accountNumber: string } | undefined
  /** Of an approval: what was on the screen. */
  seen?: Seen[]
  /** Of an approval policy: from which sum on two people must approve. */
  twoFromCents?: number
}

/** One line of an audit log. */
export interface Told {
  organizationId: string
  action: string
  targetId: string
  outcome: string
  requestId: string | null
  data: Record<string, unknown>
}

interface FileRecord {
  organizationId: string
  authors: Set<string>
  /** Since it was last sent for approval. */
  approvals: { by: string; payments: string[] }[]
  submitted: { fileName: string; sha256: string; payments: string[] } | null
  isCanceled: boolean
}

/**
 * What must be true, kept apart from the server: it hears what people asked for and what the audit log says was done,
 * and holds every file that reaches a bank against it.
 */
export class Ledger {
  readonly intents = new Map<string, Intent>()
  readonly files = new Map<string, FileRecord>()
  readonly breaches: string[] = []
  /** Whose each id is, once it is known to anybody. */
  readonly ownerOf = new Map<string, string>()
  /** What was acknowledged: the path it is read at, and the version it had at least. */
  readonly promises = new Map<string, number>()
  readonly #twoFrom = new Map<string, number>()
  readonly #proposedBy = new Map<string, string>()
  readonly #doneBy = new Map<string, string>()
  readonly #numbers = new Map<string, string>()
  /** Organizations that stopped all deliveries. */
  readonly #stopped = new Set<string>()
  isServerStopped = false
  /** Their number names them. */
  schedulesMade = 0
  readonly #schedulers = new Map<string, string>()

  intend(intent: Intent): void {
    this.intents.set(intent.requestId, intent)
  }

  breach(what: string): void {
    this.breaches.push(what)
  }

  /** A change was acknowledged: from now on what it made or changed is there. */
  promised(path: string, body: Record<string, unknown>): void {
    const { id, version } = body
    const [, , room] = path.split('/')
    if (typeof id !== 'string' || room === undefined) return
    const at = `/v1/${room}/${id}`
    this.promises.set(at, Math.max(this.promises.get(at) ?? 0, typeof version === 'number' ? version : 0))
  }

  isStopped(organizationId: string): boolean {
    return this.#stopped.has(organizationId)
  }

  /** Nothing of it may go to a bank, whoever stopped it. */
  isHeldBack(organizationId: string): boolean {
    return this.isServerStopped || this.isStopped(organizationId)
  }

  /** What the log of the whole server tells. */
  hearOfServer(action: string): void {
    if (action === 'deliveries.stopped') this.isServerStopped = true
    if (action === 'deliveries.resumed') this.isServerStopped = false
  }

  hear(told: Told): void {
    if (told.outcome === 'denied') return
    const intent = this.intents.get(told.requestId ?? '')
    this.ownerOf.set(told.targetId, told.organizationId)
    const { action, targetId } = told
    if (intent !== undefined) this.#refuseTwice(intent, action)
    if (action === 'recipient.created' || action === 'recipient.updated') this.#noteNumbers(targetId, intent)
    else if (action.startsWith('achFile.')) this.#noteFile(told, intent)
    else if (action.startsWith('schedule.')) this.#noteSchedule(told, intent)
    else if (action === 'submission.resolutionProposed') this.#proposedBy.set(targetId, intent?.who.key ?? 'nobody')
    else if (action === 'submission.resolved') this.#refuseAlone(targetId, intent)
    else if (action === 'approvalPolicy.updated') this.#notePolicy(told.organizationId, intent)
    else if (action === 'deliveries.stopped') this.#stopped.add(told.organizationId)
    else if (action === 'deliveries.resumed') this.#stopped.delete(told.organizationId)
  }

  /** Who has files made is their author. */
  #noteSchedule({ action, targetId, data }: Told, intent: Intent | undefined): void {
    if (action === 'schedule.created' && intent !== undefined) this.#schedulers.set(targetId, intent.who.key)
    const author = this.#schedulers.get(targetId)
    if (action === 'schedule.fileCreated' && author) this.files.get(String(data['achFileId']))?.authors.add(author)
  }

  #refuseAlone(id: string, intent: Intent | undefined): void {
    const first = this.#proposedBy.get(id)
    if (first === undefined || intent === undefined || first === intent.who.key) {
      this.breach(`${id} was resolved by one person alone`)
    }
  }

  #notePolicy(organizationId: string, intent: Intent | undefined): void {
    if (intent?.twoFromCents !== undefined) this.#twoFrom.set(organizationId, intent.twoFromCents)
  }

  #refuseTwice({ key, requestId }: Intent, action: string): void {
    const done = `${key} ${action}`
    const before = this.#doneBy.get(done)
    if (before !== undefined && before !== requestId) this.breach(`${action} of one ${key} was done twice`)
    this.#doneBy.set(done, requestId)
  }

  #noteNumbers(id: string, intent: Intent | undefined): void {
    if (intent?.numbers === undefined) return
    this.#numbers.set(id, `${intent.numbers.routingNumber}/${intent.numbers.accountNumber}`)
  }

  #noteFile({ action, targetId, organizationId, data }: Told, intent: Intent | undefined): void {
    const fresh: FileRecord = { organizationId, authors: new Set(), approvals: [], submitted: null, isCanceled: false }
    const file = this.files.get(targetId) ?? fresh
    this.files.set(targetId, file)
    if ((action === 'achFile.created' || action === 'achFile.updated') && intent) file.authors.add(intent.who.key)
    if (action === 'achFile.approvalRequested') file.approvals = []
    if (action === 'achFile.canceled') file.isCanceled = true
    if (action === 'achFile.approved') this.#noteApproval(targetId, file, intent)
    if (action === 'achFile.submitted') this.#noteSubmission(targetId, file, data)
  }

  #noteApproval(id: string, file: FileRecord, intent: Intent | undefined): void {
    if (intent?.seen === undefined) return this.breach(`${id} was approved by nobody`)
    if (!intent.who.isPerson) this.breach(`${id} was approved by a machine`)
    if (file.authors.has(intent.who.key)) this.breach(`${id} was approved by its author ${intent.who.name}`)
    file.approvals.push({ by: intent.who.key, payments: this.#paymentsOf(intent.seen) })
  }

  /** Approvals of different people, as many as the policy asks for now. */
  #refuseTooFew(id: string, { organizationId, approvals }: FileRecord): void {
    const people = new Set(approvals.map(({ by }) => by))
    const needed = sumOf(approvals.at(-1)?.payments ?? []) >= (this.#twoFrom.get(organizationId) ?? Infinity) ? 2 : 1
    if (people.size < needed) this.breach(`${id} was submitted with ${people.size} of ${needed} approvals`)
    if (new Set(approvals.map(({ payments }) => payments.join())).size > 1) {
      this.breach(`${id}: its approvals are of different payments`)
    }
  }

  #noteSubmission(id: string, file: FileRecord, data: Record<string, unknown>): void {
    if (file.submitted !== null) this.breach(`${id} was submitted twice`)
    const approval = file.approvals.at(-1)
    this.#refuseTooFew(id, file)
    const { fileName, sha256 } = data
    file.submitted = { fileName: String(fileName), sha256: String(sha256), payments: approval?.payments ?? [] }
  }

  /** What would be paid now: amount, direction and the account that each recipient has at this moment. */
  #paymentsOf(seen: readonly Seen[]): string[] {
    return seen.map((payment) => {
      const numbers = this.#numbers.get(payment.recipientId) ?? 'unknown'
      return `${payment.direction} ${payment.amountCents} to ${numbers}`
    })
  }

  /** Somebody is shown a file: what is approved is what would be paid at this moment. */
  shown({ id, status, batches }: { id: string; status: string; batches: { entries: Seen[] }[] }): void {
    const approval = this.files.get(id)?.approvals.at(-1)
    if (status !== 'approved' || approval === undefined) return
    const now = this.#paymentsOf(batches.flatMap(({ entries }) => entries))
    if (now.toSorted().join() !== approval.payments.toSorted().join()) {
      this.breach(`${id} is still approved although it would pay something else`)
    }
  }

  /** Holds what a bank got against what people agreed to. */
  arrived(organizationId: string, arrival: Arrival, copies: number): void {
    const { name, sha256 } = arrival
    if (copies > 1) this.breach(`${copies} copies of ${name}`)
    const entry = [...this.files].find(([, { submitted }]) => submitted?.fileName === name)
    if (entry === undefined) return this.breach(`${name} came to ${arrival.bank} and was never submitted`)
    const [id, file] = entry
    if (file.isCanceled) this.breach(`${name} came to ${arrival.bank} and was canceled`)
    if (file.organizationId !== organizationId) this.breach(`${name} came to the bank of another company`)
    if (file.submitted?.sha256 !== sha256) return this.breach(`${name} came to ${arrival.bank} with other bytes`)
    const read = paymentsIn(arrival.bytes)
    for (const problem of read.problems) this.breach(`${name}: ${problem}`)
    if (file.submitted.payments.toSorted().join() !== read.payments.toSorted().join()) {
      this.breach(`${id} pays something else than was approved`)
    }
  }
}

/** The larger of the sum of the credits and that of the debits, in cents. */
function sumOf(payments: readonly string[]): number {
  const sum = { credit: 0, debit: 0 }
  for (const payment of payments) {
    const [direction, cents] = payment.split(' ')
    sum[direction === 'debit' ? 'debit' : 'credit'] += Number(cents)
  }
  return Math.max(sum.credit, sum.debit)
}
