import {
  Correction,
  CorrectionDismissal,
  CorrectionMatch,
  CorrectionPage,
  CorrectionPolicyUpdate,
  type CorrectionPolicy,
  type FilesAtBank,
  InboundFetch,
  InboundFile,
  InboundFilePage,
  Return,
  ReturnPage,
  type ReturnRates,
  ReturnRetry,
} from '@fistworks/contract'
import { newId } from './new-id.ts'

const page = <T>(data: T[]) => ({ data, hasMore: false, nextCursor: null })
const json = (value: unknown, status = 200) => Response.json(value, { status })

/** By rule takes two: the first one asks for it. */
function chosen(before: CorrectionPolicy, { apply }: CorrectionPolicyUpdate): CorrectionPolicy {
  const by = { type: 'user', id: 'usr_ada', name: 'Ada' } as const
  const isAsked = apply === 'byRule' && before.proposal === null
  const proposal = { by, at: '2026-11-23T15:00:00.000Z', expiresAt: '2026-11-30T15:00:00.000Z' }
  return isAsked ? { ...before, proposal } : { ...before, apply, proposal: null }
}

/** What banks said, in the browser. */
export class FakeReturns {
  returns: Return[] = []
  corrections: Correction[] = []
  files: InboundFile[] = []
  atBank: FilesAtBank['files'] = []
  rates: ReturnRates['rates'] = []
  policy: CorrectionPolicy = { type: 'correctionPolicy', apply: 'byPerson', proposal: null }
  /** The draft that a retry makes. */
  readonly draftId = newId('ach')

  answer(method: string, path: string, body: unknown, query: Record<string, string>): Response | null {
    switch (`${method} ${path}`) {
      case 'GET /v1/returns':
        return json(ReturnPage.parse(page(this.returns.filter((one) => !query['unmatched'] || one.entryId === null))))
      case 'GET /v1/return-rates':
        return json({
          type: 'returnRates',
          from: '2026-09-24T15:00:00.000Z',
          until: '2026-11-23T15:00:00.000Z',
          rates: this.rates,
        })
      case 'GET /v1/corrections':
        return json(
          CorrectionPage.parse(
            page(this.corrections.filter(({ state }) => !query['state'] || state === query['state'])),
          ),
        )
      case 'GET /v1/correction-policy':
        return json(this.policy)
      case 'PATCH /v1/correction-policy':
        this.policy = chosen(this.policy, CorrectionPolicyUpdate.parse(body))
        return json(this.policy)
      case 'GET /v1/inbound-files':
        return json(InboundFilePage.parse(page(this.files)))
      case 'GET /v1/inbound-polls':
        return json({ data: [] })
      default:
        return this.one(method, path, body)
    }
  }

  private one(method: string, path: string, body: unknown): Response | null {
    const [, , kind, id = '', verb] = path.split('/')
    if (kind === 'returns') {
      const found = this.returns.find((one) => one.id === id)
      if (found === undefined) return null
      if (method === 'GET') return json(found)
      if (verb === 'retry') ReturnRetry.parse(body)
      if (verb === 'retry') return json({ id: this.draftId }, 201)
      return json(Object.assign(found, { entryId: newId('ent'), unmatched: null, nextSteps: [] }))
    }
    const correction = kind === 'corrections' ? this.corrections.find((one) => one.id === id) : undefined
    if (correction !== undefined && verb === 'match') {
      const { entryId } = CorrectionMatch.parse(body)
      const found = { entryId, recipientId: newId('rcp'), matchedBy: 'person' as const, unmatched: null }
      return json(Object.assign(correction, found))
    }
    if (correction !== undefined) {
      const reason = verb === 'dismiss' ? CorrectionDismissal.parse(body).reason : null
      const state = verb === 'dismiss' ? 'dismissed' : 'applied'
      return json(Object.assign(correction, { state, decisionReason: reason, decidedAt: '2026-11-24T10:00:00Z' }))
    }
    if (verb === 'list-inbound-files') {
      const listed = { type: 'filesAtBank', bankConnectionId: id, directory: '/returns', files: this.atBank }
      return json({ ...listed, leftOut: [], hasMore: false })
    }
    if (verb === 'fetch-inbound-files') {
      InboundFetch.parse(body)
      return json({ type: 'inboundPoll', bankConnectionId: id, lastAt: null, nextAt: null, problem: null }, 202)
    }
    if (verb === 'content') {
      const line = { line: 1, words: 'File header of the bank', raw: '101 XXXXX0019', fields: [] }
      return json({ type: 'inboundContent', id, lines: [line], nextLine: null })
    }
    const file = kind === 'inbound-files' ? this.files.find((one) => one.id === id) : undefined
    if (file !== undefined && method === 'GET') return json(file)
    return file === undefined ? null : json(Object.assign(file, { state: 'stored', problem: null }), 202)
  }
}

/** A debit of Jane that came back for want of money. */
export function returnOf(changes: Partial<Return> = {}): Return {
  return Return.parse({
    type: 'return',
    id: newId('ret'),
    kind: 'return',
    code: 'R01',
    reason: 'There is not enough money in the account.',
    advice: 'Try again later, or ask the receiver.',
    categories: ['funds'],
    inboundFileId: newId('inb'),
    bankConnectionId: newId('bcn'),
    achFileId: newId('ach'),
    entryId: newId('ent'),
    recipientId: newId('rcp'),
    matchedBy: 'details',
    unmatched: null,
    differences: [],
    repeats: null,
    answers: null,
    isPrenote: false,
    recipientName: 'Jane Roe',
    accountNumberLast4: '1101',
    amountCents: 12_345,
    direction: 'debit',
    secCode: 'PPD',
    originalTraceNumber: '091000010000001',
    information: null,
    dateOfDeath: null,
    returnedOn: '2026-11-25',
    deadline: { date: '2026-11-27', wasMissed: false },
    dishonorBy: '2026-12-03',
    sendAgain: { answer: 'asItWas', until: '2027-05-23', left: 2, why: 'At most twice within 180 days.' },
    nextSteps: ['retry', 'contactRecipient'],
    retriedBy: null,
    receivedAt: '2026-11-25T14:00:00Z',
    ...changes,
  })
}

/** The bank says that the account number of Jane is another one. */
export function correctionOf(changes: Partial<Correction> = {}): Correction {
  return Correction.parse({
    type: 'correction',
    id: newId('cor'),
    code: 'C01',
    reason: 'The account number is wrong.',
    advice: 'Use the new one from now on.',
    state: 'open',
    problem: null,
    inboundFileId: newId('inb'),
    bankConnectionId: newId('bcn'),
    achFileId: newId('ach'),
    entryId: newId('ent'),
    recipientId: newId('rcp'),
    recipientName: 'Jane Roe',
    matchedBy: 'details',
    unmatched: null,
    changes: [{ field: 'accountNumber', before: '••••2201', after: '••••0123' }],
    originalTraceNumber: '091000010000001',
    receivedAt: '2026-11-25T14:00:00Z',
    dueOn: '2026-12-04',
    isOverdue: false,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    ...changes,
  })
}

export function inboundFileOf(changes: Partial<InboundFile> = {}): InboundFile {
  const counts = { entries: 2, returns: 1, corrections: 1, acknowledgments: 0, unmatched: 0, repeated: 0, others: 0 }
  return InboundFile.parse({
    type: 'inboundFile',
    id: newId('inb'),
    bankConnectionId: newId('bcn'),
    name: 'returns-20261125-1.ach',
    otherNames: [],
    sizeBytes: 1900,
    sha256: 'a'.repeat(64),
    state: 'processed',
    kind: 'answers',
    problem: null,
    counts,
    receivedAt: '2026-11-25T14:00:00Z',
    processedAt: '2026-11-25T14:00:01Z',
    ...changes,
  })
}
