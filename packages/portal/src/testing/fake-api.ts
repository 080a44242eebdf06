import {
  AuthenticatorAppConfirm,
  type AuditEvent,
  AuditEventPage,
  AuditEventQuery,
  AuditExport,
  BankAccount,
  BankAccountCreate,
  BankAccountPage,
  BankConnection,
  BankConnectionCreate,
  BankConnectionPage,
  type ConnectionTest,
  maskedRoutingNumber,
  type OpenSession,
  OpenSessionList,
  type Passkey,
  PasskeyList,
  PortalSession,
  PROBLEMS,
  type ProblemCode,
  type Recipient,
  SecondFactors,
  StepUp,
  SignIn,
  SignInMethods,
  type UserIdentity,
  UserIdentityList,
} from '@fistworks/contract'

import { newId } from './new-id.ts'
import { FakeApprovalPolicy } from './fake-approval-policy.ts'
import { FakePeople } from './fake-people.ts'
import { FakePlatforms } from './fake-platforms.ts'
import { FakeDeliveries } from './fake-deliveries.ts'
import { FakeReturns } from './fake-returns.ts'
import { FakeWebhooks } from './fake-webhooks.ts'
import { FakeSchedules } from './fake-schedules.ts'
import { CHALLENGE, FINGERPRINT, FULL_NUMBERS, RECOVERY_CODES, SEED, sessionOf } from './samples.ts'

interface Refusal {
  code: ProblemCode
  detail: string
  /** The place in the body that it is about. */
  pointer?: string
}

interface State {
  session: PortalSession | null
  connections: BankConnection[]
  accounts: BankAccount[]
  events: AuditEvent[]
  recipients: Recipient[]
  passkeys: Passkey[]
  factors: Pick<SecondFactors, 'authenticatorApp' | 'recoveryCodes'>
  openSessions: OpenSession[]
  identities: UserIdentity[]
  test: ConnectionTest
  /** What the next request of this path meets instead of an answer. */
  refusals: Map<string, Refusal | 'offline'>
  requests: { method: string; path: string; query: URLSearchParams; headers: Headers; body: unknown }[]
}

const page = <T>(data: T[]) => ({ data, hasMore: false, nextCursor: null })
const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json' } })

/** An API in the browser: answers in the contract's shapes, keeps what it is given, and remembers what it was asked. */
export class FakeApi {
  readonly state: State = {
    session: null,
    connections: [],
    accounts: [],
    events: [],
    recipients: [],
    passkeys: [],
    factors: { authenticatorApp: null, recoveryCodes: null },
    openSessions: [],
    identities: [],
    test: { type: 'connectionTest', passed: true, steps: [], testedAt: '2026-11-20T10:00:00Z' },
    refusals: new Map(),
    requests: [],
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    const { pathname: path, searchParams } = new URL(request.url)
    const text = request.method === 'GET' ? '' : await request.text()
    const body: unknown = text === '' ? null : JSON.parse(text)
    this.state.requests.push({ method: request.method, path, query: searchParams, headers: request.headers, body })
    const refusal = this.state.refusals.get(path)
    this.state.refusals.delete(path)
    if (refusal === 'offline') throw new TypeError('Failed to fetch')
    if (refusal !== undefined) {
      const { code, detail, pointer } = refusal
      return this.problem(code, detail, pointer === undefined ? [] : [{ pointer, code, message: detail }])
    }
    return this.answer(request.method, path, body, Object.fromEntries(searchParams))
  }

  /** How people can sign in. */
  methods: SignInMethods = { type: 'signInMethods', mailedCode: true, entra: null }

  readonly people = new FakePeople(this)
  readonly approvalPolicy = new FakeApprovalPolicy()
  readonly platforms = new FakePlatforms(this)
  readonly returns = new FakeReturns()
  readonly deliveries = new FakeDeliveries()
  readonly webhooks = new FakeWebhooks()
  readonly schedules = new FakeSchedules()

  /** Who signs in next; somebody new when it is `null`. */
  returning: PortalSession | null = null

  /** What was sent to a path, oldest first. */
  sent(method: string, path: string): unknown[] {
    return this.state.requests.filter((one) => one.method === method && one.path === path).map((one) => one.body)
  }

  refuse(path: string, refusal: Refusal | 'offline'): void {
    this.state.refusals.set(path, refusal)
  }

  problem(code: ProblemCode, detail: string, errors: unknown[] = []): Response {
    const { status, title } = PROBLEMS[code]
    return json(
      { type: 'about:blank', title, status, detail, code, requestId: 'req_test', errors, retryable: false },
      status,
    )
  }

  private answer(method: string, path: string, body: unknown, query: Record<string, string>): Response {
    const { state } = this
    switch (`${method} ${path}`) {
      case 'GET /v1/sign-in/methods':
        return json(SignInMethods.parse(this.methods))
      case 'GET /v1/session/identities':
        return json(UserIdentityList.parse({ data: state.identities, provider: this.methods.entra?.name ?? null }))
      case 'POST /v1/session/identities/challenges':
        return json(CHALLENGE, 201)
      case 'POST /v1/sign-in/codes':
        return new Response(null, { status: 202 })
      case 'POST /v1/sign-in/sessions':
        if (SignIn.parse(body).code !== '12345678') return this.problem('unauthenticated', 'This code is not right.')
        state.session = this.returning ?? sessionOf()
        return json(state.session, 201)
      case 'GET /v1/session':
        return state.session ? json(PortalSession.parse(state.session)) : this.problem('unauthenticated', 'Sign in.')
      case 'POST /v1/session/end':
        state.session = null
        return new Response(null, { status: 204 })
      case 'GET /v1/bank-connections':
        return json(BankConnectionPage.parse(page(state.connections)))
      case 'POST /v1/bank-connections':
        return json(this.connect(BankConnectionCreate.parse(body)), 201)
      case 'POST /v1/bank-connections/scan-host-key':
        return json({ type: 'hostKeyScan', algorithm: 'ssh-ed25519', fingerprint: FINGERPRINT })
      case 'GET /v1/bank-accounts':
        return json(BankAccountPage.parse(page(state.accounts)))
      case 'POST /v1/bank-accounts':
        return json(this.addAccount(BankAccountCreate.parse(body)), 201)
      case 'GET /v1/audit-events':
        return json(AuditEventPage.parse(this.eventsFor(AuditEventQuery.parse(query))))
      case 'POST /v1/audit-events/export':
        AuditExport.parse(body)
        return new Response('"at"\r\n', {
          headers: { 'Content-Type': 'text/csv', 'Content-Disposition': 'attachment; filename="audit-2026-11-20.csv"' },
        })
      case 'GET /v1/session/second-factors':
        return json(SecondFactors.parse({ type: 'secondFactors', ...state.factors }))
      case 'POST /v1/session/authenticator-app/seeds':
        return json({ type: 'authenticatorAppOffer', ...SEED, expiresAt: '2026-11-20T10:10:00Z' }, 201)
      case 'POST /v1/session/authenticator-app':
        if (AuthenticatorAppConfirm.parse(body).code !== '123456') {
          return this.problem('validation-failed', 'Code is not what the app shows now.')
        }
        state.factors.authenticatorApp = { createdAt: '2026-11-20T10:00:00Z', lastUsedAt: null }
        return json(this.raised({ authenticatorApp: true }), 201)
      case 'POST /v1/session/authenticator-app/remove':
        state.factors.authenticatorApp = null
        return new Response(null, { status: 204 })
      case 'POST /v1/session/recovery-codes':
        state.factors.recoveryCodes = { createdAt: '2026-11-20T10:00:00Z', left: 10 }
        return json({ type: 'recoveryCodes', codes: RECOVERY_CODES, createdAt: '2026-11-20T10:00:00Z' }, 201)
      case 'POST /v1/session/step-up':
        return this.prove(StepUp.parse(body))
      case 'GET /v1/session/passkeys':
        return json(PasskeyList.parse({ data: state.passkeys }))
      case 'GET /v1/session/open-sessions':
        return json(OpenSessionList.parse({ data: state.openSessions }))
      case 'POST /v1/session/open-sessions/end-others':
        return json({ type: 'endedSessions', count: this.endSessions(({ isCurrent }) => !isCurrent) })
      case 'GET /v1/recipients':
        return json(page(state.recipients))
      case 'GET /v1/ach-files':
        return json(page([]))
      default:
        return (
          this.returns.answer(method, path, body, query) ??
          this.schedules.answer(method, path, body, query) ??
          this.deliveries.answer(method, path, body) ??
          this.platforms.answer(method, path, body) ??
          this.webhooks.answer(method, path, body) ??
          this.people.answer(method, path, body) ??
          this.approvalPolicy.answer(method, path, body) ??
          this.one(method, path)
        )
    }
  }

  private raised(factors: Partial<PortalSession['secondFactors']> = {}): PortalSession {
    const session = this.state.session ?? sessionOf()
    const steppedUpUntil = new Date(Date.now() + 5 * 60_000).toISOString()
    this.state.session = { ...session, steppedUpUntil, secondFactors: { ...session.secondFactors, ...factors } }
    return this.state.session
  }

  private prove(proof: StepUp): Response {
    const isRight = 'code' in proof ? proof.code === '123456' : 'recoveryCode' in proof
    if (isRight) return json(this.raised())
    return this.problem('step-up-required', 'This did not confirm that it is you. Try again.')
  }

  private eventsFor({ after, outcome, targetId, action }: AuditEventQuery) {
    const found = this.state.events.filter(
      (event) =>
        (outcome === undefined || event.outcome === outcome) &&
        (targetId === undefined || event.targetId === targetId) &&
        (action === undefined || event.action.startsWith(action)),
    )
    const from = Number(after ?? 0)
    const data = found.slice(from, from + 50)
    const hasMore = found.length > from + 50
    return { data, hasMore, nextCursor: hasMore ? String(from + 50) : null }
  }

  private endSessions(isMeant: (session: OpenSession) => boolean): number {
    const before = this.state.openSessions
    this.state.openSessions = before.filter((session) => !isMeant(session))
    return before.length - this.state.openSessions.length
  }

  private one(method: string, path: string): Response {
    const ended = /^\/v1\/session\/open-sessions\/(ses_\w+)\/end$/.exec(path)?.[1]
    if (ended !== undefined) {
      this.endSessions(({ id }) => id === ended)
      return new Response(null, { status: 204 })
    }
    const [, , kind, id, verb] = path.split('/')
    const { accounts, connections, recipients } = this.state
    const kinds: Record<string, (BankAccount | BankConnection | Recipient)[]> = {
      'bank-accounts': accounts,
      'bank-connections': connections,
      recipients,
    }
    const things = kinds[kind ?? ''] ?? []
    const thing = things.find((one) => one.id === id)
    if (thing === undefined) return this.problem('not-found', 'There is nothing with this id.')
    if (verb === 'test') return json(this.state.test)
    if (verb === 'reveal') return json({ type: 'revealedRecipient', id, ...FULL_NUMBERS })
    return method === 'GET' ? json(thing) : this.problem('method-not-allowed', 'Not here.')
  }

  private connect(input: ReturnType<typeof BankConnectionCreate.parse>): BankConnection {
    const { authentication, ...plain } = input
    const made = BankConnection.parse({
      ...plain,
      type: 'bankConnection',
      publicKey: authentication.method === 'newKeyPair' ? 'ssh-ed25519 AAAAourpublichalf' : null,
      nextPublicKey: null,
      hostKeyRefusedAt: null,
      encryption: null,
      id: newId('bcn'),
      authenticationMethod: authentication.method === 'password' ? 'password' : 'privateKey',
      acknowledgementDirectory: input.acknowledgementDirectory ?? null,
      createdAt: '2026-11-20T10:00:00Z',
      archivedAt: null,
    })
    this.state.connections.push(made)
    return made
  }

  private addAccount({ routingNumber, accountNumber, ...plain }: BankAccountCreate): BankAccount {
    const made = BankAccount.parse({
      ...plain,
      type: 'bankAccount',
      id: newId('bac'),
      routingNumberMasked: maskedRoutingNumber(routingNumber),
      accountNumberLast4: accountNumber.slice(-4),
      createdAt: '2026-11-20T10:00:00Z',
      archivedAt: null,
    })
    this.state.accounts.push(made)
    return made
  }
}
