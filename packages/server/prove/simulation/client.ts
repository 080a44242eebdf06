import { TEST_ORIGIN } from '../../src/testing/api.ts'
import type { Caller, Company } from './company.ts'
import { underWay } from './faulty-storage.ts'
import type { Intent } from './ledger.ts'
import type { World } from './world.ts'

/** What came back; status 0 when nothing did. */
export interface Answer {
  status: number
  body: Record<string, unknown>
}

export interface Asked {
  body?: unknown
  /** What it is about, for whom the audit log tells that it happened. */
  about?: Pick<Intent, 'numbers' | 'seen' | 'twoFromCents'>
}

const NO_ANSWER: Answer = { status: 0, body: {} }
const PATIENCE_MS = 30_000
const TRIES_MAX = 4
const PAUSE_MAX_MS = 60_000

/** Calls the API as an accounting product does: with one key for each change, again and again until it is answered. */
export class Client {
  readonly #world: World
  #count = 0

  constructor(world: World) {
    this.#world = world
  }

  read(company: Company, who: Caller, path: string): Promise<Answer> {
    return this.#insist(company, who, 'GET', path, {}, undefined)
  }

  async change(company: Company, who: Caller, method: 'POST' | 'PATCH', path: string, asked: Asked): Promise<Answer> {
    const key = `key-${++this.#count}`
    const answer = await this.#insist(company, who, method, path, asked, key)
    if (answer.status >= 200 && answer.status < 300) this.#world.ledger.promised(path, answer.body)
    return answer
  }

  async #insist(company: Company, who: Caller, method: string, path: string, asked: Asked, key: string | undefined) {
    const { time, random, trace } = this.#world
    for (let tries = 1; ; tries++) {
      const requestId = `req_${++this.#count}`
      if (key !== undefined) this.#world.ledger.intend({ requestId, key, who, ...asked.about })
      const answer = await this.#once(who, method, path, asked.body, key, requestId)
      const { code } = answer.body
      trace.add(
        who.name,
        `${method} ${path} ${answer.status}${typeof code === 'string' ? ` ${code}` : ''}${wrongIn(answer)}`,
      )
      this.#refuseForeign(company, answer)
      const isAnswered = answer.status !== 0 && answer.status < 500
      if (isAnswered || tries >= TRIES_MAX) return answer
      await time.wait(random.between(1, PAUSE_MAX_MS))
    }
  }

  async #once(
    who: Caller,
    method: string,
    path: string,
    body: unknown,
    key: string | undefined,
    requestId: string,
  ): Promise<Answer> {
    const { time, random, processes } = this.#world
    await time.wait(random.between(1, 20))
    if (processes.length === 0) return NO_ANSWER
    const process = random.pick(processes)
    const headers = new Headers(who.headers)
    if (key !== undefined) headers.set('Idempotency-Key', key)
    if (body !== undefined) headers.set('Content-Type', 'application/json')
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const answered = underWay.run({ requestId }, async () => {
      const response = await process.app.fetch(new Request(`${TEST_ORIGIN}${path}`, init))
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    })
    const nothing = async (cause: Promise<unknown>) => {
      await cause
      return NO_ANSWER
    }
    return Promise.race([answered, nothing(process.death), nothing(time.wait(PATIENCE_MS))])
  }

  /** Nothing of an answer belongs to another organization. */
  #refuseForeign(company: Company, { body }: Answer): void {
    const { ledger } = this.#world
    for (const [id] of JSON.stringify(body).matchAll(/\b[a-z]{3}_[0-7][0-9a-z]{25}\b/g)) {
      const owner = ledger.ownerOf.get(id)
      if (owner !== undefined && owner !== company.id)
        ledger.breach(`${company.name} is shown ${id} of another company`)
    }
  }
}

/** The first place of a request that was wrong. */
function wrongIn({ body }: Answer): string {
  const { errors } = body
  const [first] = Array.isArray(errors) ? (errors as { pointer?: string; code?: string }[]) : []
  return first === undefined ? '' : ` ${first.pointer} ${first.code}`
}
