import {
  type AchFile,
  AchFileCreate,
  type BankAccount,
  type OfferedDate,
  PROBLEMS,
  type ProblemCode,
  type Recipient,
  RecipientCreate,
  RecipientUpdate,
  type Submission,
  type SubmissionState,
} from '@fistworks/contract'
import { FISTWorks } from '@fistworks/sdk'
import { decide, decideDelivery } from './fake-decisions.ts'
import { fakeBankAccount, fakeFile, fakeContents, fakeRecipient, fakeSubmission } from './fake-store.ts'

export interface FakeRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly body: unknown
}

/** An answer of the fake: what `problem()` makes, or anything else as JSON. */
export class FakeAnswer {
  readonly status: number
  readonly body: unknown

  constructor(status: number, body: unknown) {
    this.status = status
    this.body = body
  }
}

/** A problem as the server words it, with a request id to look for on the screen. */
export function problem(
  code: ProblemCode,
  detail: string,
  errors?: { pointer: string; message: string; code?: string }[],
): FakeAnswer {
  const { status, title } = PROBLEMS[code]
  const list = errors?.map((each) => ({ code: 'invalid', ...each }))
  const body = {
    type: `https://fistworks.example/problems/${code}`,
    title,
    status,
    detail,
    code,
    requestId: 'req_fake_1',
  }
  return new FakeAnswer(status, list ? { ...body, errors: list } : body)
}

/**
 * A double of the HTTP API, in memory and in the page: the elements speak to it through the real SDK, whose `fetch` it
 * is. Bodies are judged by the contract's own schemas and answers have the contract's shapes, so a request the server
 * would refuse is refused here too. It has no tenants, scopes or clock.
 */
export class FakeApi {
  recipients: Recipient[] = []
  bankAccounts: BankAccount[] = [fakeBankAccount()]
  files: AchFile[] = []
  submissions: Submission[] = []
  /** That a file of every account can have. */
  dates: OfferedDate[] = []
  readonly requests: FakeRequest[] = []
  /** Answers before anything else does; give `null` to let the fake go on. */
  intercept: ((request: FakeRequest) => FakeAnswer | Promise<FakeAnswer> | null) | null = null

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const asked = new Request(input, init)
    const url = new URL(asked.url)
    const text = await asked.text()
    const request = {
      method: asked.method,
      path: url.pathname,
      query: url.searchParams,
      headers: asked.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    }
    this.requests.push(request)
    const answer = (await this.intercept?.(request)) ?? this.answer(request)
    const type = answer.status >= 400 ? 'application/problem+json' : 'application/json'
    return new Response(JSON.stringify(answer.body), { status: answer.status, headers: { 'content-type': type } })
  }

  readonly client = new FISTWorks({
    baseUrl: 'https://fistworks.example',
    fetchSessionToken: async () => 'fw_ems_test',
    fetch: this.fetch,
    maxRetries: 0,
  })

  addRecipients(...names: string[]): Recipient[] {
    const added = names.map((name) => fakeRecipient({ name, holderType: / /.test(name) ? 'individual' : 'business' }))
    this.recipients.unshift(...added)
    return added
  }

  addFile(input: AchFileCreate, patch: Partial<AchFile> = {}): AchFile {
    const file = fakeFile(input, this.recipients, patch)
    this.files.unshift(file)
    return file
  }

  addSubmission(file: AchFile, states: SubmissionState[], patch: Partial<Submission> = {}): Submission {
    const submission = { ...fakeSubmission(file.id, states), ...patch }
    this.submissions.unshift(submission)
    return submission
  }

  private answer(request: FakeRequest): FakeAnswer {
    const [, , room = '', id, verb] = request.path.split('/')
    const key = `${request.method} ${id ? (verb ?? 'one') : 'all'}`
    if (room === 'recipients') return this.answerRecipients(key, id ?? '', request)
    if (room === 'bank-accounts' && verb === 'effective-dates') return new FakeAnswer(200, { dates: this.dates })
    if (room === 'bank-accounts') return page(this.bankAccounts, request)
    if (room === 'ach-files') return this.answerFiles(key, id ?? '', request)
    if (room === 'submissions') return this.answerSubmissions(key, id ?? '', request)
    return problem('not-found', 'There is nothing at this address.')
  }

  private answerRecipients(key: string, id: string, { body, query, ...rest }: FakeRequest): FakeAnswer {
    const at = this.recipients.findIndex((each) => each.id === id)
    const found = this.recipients[at]
    if (key === 'GET all') {
      const search = (query.get('search') ?? '').toLowerCase()
      const shown = this.recipients.filter(
        (each) =>
          each.archivedAt === null &&
          (each.name.toLowerCase().includes(search) || each.accountNumberLast4.includes(search)),
      )
      return page(shown, { ...rest, body, query })
    }
    if (key === 'POST all') {
      const input = RecipientCreate.safeParse(body)
      if (!input.success) return invalid(input.error.issues)
      const made = fakeRecipient(input.data)
      this.recipients.unshift(made)
      return new FakeAnswer(201, made)
    }
    if (!found) return problem('not-found', 'No recipient has this id.')
    if (key === 'PATCH one') {
      const input = RecipientUpdate.safeParse(body)
      if (!input.success) return invalid(input.error.issues)
      const fresh = fakeRecipient({ name: found.name, ...input.data } as RecipientCreate)
      const numbers = input.data.accountNumber ? fresh : found
      const { accountNumberLast4, routingNumberMasked } = numbers
      this.recipients[at] = {
        ...found,
        ...pick(fresh),
        accountNumberLast4,
        routingNumberMasked,
        version: found.version + 1,
      }
    }
    if (key === 'POST archive') this.recipients[at] = { ...found, archivedAt: '2026-11-23T16:00:00Z' }
    return new FakeAnswer(200, this.recipients[at])
  }

  private answerFiles(key: string, id: string, request: FakeRequest): FakeAnswer {
    if (key === 'GET all') return page(this.files, request)
    if (key === 'POST all') {
      const input = AchFileCreate.safeParse(request.body)
      return input.success ? new FakeAnswer(201, this.addFile(input.data)) : invalid(input.error.issues)
    }
    const at = this.files.findIndex((each) => each.id === id)
    const file = this.files[at]
    if (!file) return problem('not-found', 'No file has this id.')
    if (key === 'GET one') return new FakeAnswer(200, file)
    if (key === 'GET entries') {
      const search = (request.query.get('search') ?? '').toLowerCase()
      const entries = file.batches.flatMap((batch) => batch.entries)
      return page(
        entries.filter(({ recipientName }) => recipientName.toLowerCase().includes(search)),
        request,
      )
    }
    const body = request.body as { version: number; reason?: string } & Partial<AchFileCreate>
    if (body.version !== file.version) return problem('version-mismatch', 'Somebody changed this file.')
    const verb = key.split(' ')[1] ?? ''
    if (key === 'PATCH one') {
      const contents = body.batches ? fakeContents({ batches: body.batches }, this.recipients) : {}
      this.files[at] = {
        ...file,
        ...contents,
        name: body.name ?? file.name,
        status: 'draft',
        version: file.version + 1,
      }
    } else {
      const submission = verb === 'submit' ? this.addSubmission(file, ['ready']) : null
      const decided = decide(file, verb, body.reason ?? null, submission)
      if (decided === null) return problem('state-conflict', 'The file is not in a state that allows this.')
      this.files[at] = decided
    }
    return new FakeAnswer(200, this.files[at])
  }

  private answerSubmissions(key: string, id: string, request: FakeRequest): FakeAnswer {
    if (key === 'GET all') return page(this.submissions, request)
    const at = this.submissions.findIndex((each) => each.id === id)
    const submission = this.submissions[at]
    if (!submission) return problem('not-found', 'No submission has this id.')
    if (key !== 'GET one') this.submissions[at] = decideDelivery(submission, request)
    return new FakeAnswer(200, this.submissions[at])
  }
}

const pick = ({ name, holderType, accountType, hasIdentification, externalId }: Recipient) => ({
  name,
  holderType,
  accountType,
  hasIdentification,
  externalId,
})

function page(things: readonly { id: string }[], { query }: FakeRequest): FakeAnswer {
  const after = query.get('after')
  const from = after === null ? 0 : things.findIndex((each) => each.id === after) + 1
  const to = from + Number(query.get('limit') ?? 50)
  const data = things.slice(from, to)
  const hasMore = to < things.length
  return new FakeAnswer(200, { data, hasMore, nextCursor: hasMore ? data.at(-1)?.id : null })
}

function invalid(issues: readonly { path: PropertyKey[]; message: string }[]): FakeAnswer {
  const errors = issues.map((each) => ({
    pointer: each.path.map((part) => `/${String(part)}`).join(''),
    message: each.message,
  }))
  return problem('validation-failed', 'Some values are not valid.', errors)
}
