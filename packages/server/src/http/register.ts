import { API_VERSION, FRAME_HEADERS, HEADERS } from '@fistworks/contract'
import type { Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as z from 'zod/mini'
import { type Access, authenticate, type Credentials, refuseOtherSites } from '../access/authenticate.ts'
import { noteUse } from '../access/note-use.ts'
import { type Principal, principalKey } from '../access/principal.ts'
import { requireStepUp } from '../access/step-up.ts'
import { type Place, type Standing, standingOf } from '../access/tenant.ts'
import type { Denials } from '../audit/denials.ts'
import { ProblemError } from '../problem-error.ts'
import { scrubText } from '../telemetry/scrub.ts'
import { denialOf, type Refused } from './denial.ts'
import type { HttpEnv } from './env.ts'
import type { Operation, ScopedOperation, SentFile, SessionOperation } from './operation.ts'
import { networkOf, type RateLimits } from './rate-limits.ts'
import { readInput } from './read-input.ts'
import { type Answer, type RunDeps, runOperation } from './run-operation.ts'

/** The only two cookies there are; both are needed for signing in, none is for tracking. */
export const SESSION_COOKIE = '__Host-fw_session'
export const SIGN_IN_COOKIE = '__Host-fw_sign_in'

export interface HttpDeps extends RunDeps {
  access: Access
  rateLimits: RateLimits
  denials: Denials
  addressOf(c: Context): string | undefined
}

/** Mounts an operation: who calls and whether they may comes before anything of the request is looked at. */
export function register(app: Hono<HttpEnv>, deps: HttpDeps, operation: Operation): void {
  const path = operation.path.replaceAll('{id}', ':id')
  app.on(operation.method.toUpperCase(), path, async (c) => {
    const known: Known = { principal: null, standing: null }
    try {
      if (operation.effect === 'session') return await runSession(c, deps, operation)
      return await runScoped(c, deps, operation, known)
    } catch (error) {
      const denial = denialOf(error, operation, { ...known, ...requestOf(c, deps) })
      if (denial !== null) deps.denials.note(denial)
      throw error
    }
  })
}

/** What was found out about the caller so far. */
type Known = Pick<Refused, 'principal' | 'standing'>

async function runScoped(c: Context<HttpEnv>, deps: HttpDeps, operation: ScopedOperation, known: Known) {
  const first = await admit(c, deps, operation, known, (principal) => {
    c.get('isKnown')()
    deps.rateLimits.spend(operation.rate, principalKey(principal), (name, value) => c.header(name, value))
  })
  refuseOtherVersions(c.req.header(HEADERS.version))
  const { input, text } = await readInput(c, operation)
  // A body can take half a minute to arrive, and what its caller was may be over by then.
  const { principal, standing } = text === '' ? first : await admit(c, deps, operation, known)
  const stepUp = stepUpOf(operation)
  if (stepUp?.onlyFor?.some((name) => hasField(input.body, name))) requireStepUp(principal, deps.peopleNow(), stepUp.of)
  await noteUse(deps.access, principal, standing, deps.peopleNow())
  const answer = await runOperation(deps, operation, {
    principal,
    standing,
    requestId: c.get('requestId'),
    address: deps.addressOf(c),
    userAgent: userAgentOf(c),
    idempotencyKey: c.req.header(HEADERS.idempotencyKey),
    input,
    text,
  })
  return respond(c, answer)
}

/** Finds out who calls, where they work, and whether they may do this there now. */
async function admit(
  c: Context<HttpEnv>,
  deps: HttpDeps,
  operation: ScopedOperation,
  known: Known,
  count: (principal: Principal) => void = () => {},
): Promise<{ principal: Principal; standing: Standing }> {
  const principal = await authenticate(deps.access, credentialsOf(c, deps), deps.peopleNow())
  known.principal = principal
  count(principal)
  const standing = await standingOf(deps.access.rows, principal, placeOf(c))
  known.standing = standing
  if (!standing.scopes.includes(operation.scope)) {
    throw new ProblemError('forbidden', `This needs the permission ${operation.scope}.`)
  }
  const stepUp = stepUpOf(operation)
  if (stepUp !== null && stepUp.onlyFor === null) requireStepUp(principal, deps.peopleNow(), stepUp.of)
  return { principal, standing }
}

/** Whom an operation asks for a fresh proof, and the fields of the body that it asks for, where not for any. */
function stepUpOf(operation: ScopedOperation) {
  if (!('stepUp' in operation) || operation.stepUp === undefined) return null
  return { of: operation.stepUp, onlyFor: operation.stepUpFor ?? null }
}

const hasField = (body: unknown, name: string) => typeof body === 'object' && body !== null && name in body

/** What a request says of itself and where it came from. */
export function requestOf(c: Context<HttpEnv>, deps: HttpDeps): Omit<Refused, keyof Known> {
  const { authorization, sessionCookie } = credentialsOf(c, deps)
  return {
    now: deps.peopleNow(),
    requestId: c.get('requestId'),
    address: deps.addressOf(c),
    userAgent: userAgentOf(c),
    hasCredential: authorization !== undefined || sessionCookie !== undefined,
    id: c.req.param('id') ?? '',
    ...placeOf(c),
  }
}

/** Where the caller says it works. */
function placeOf(c: Context<HttpEnv>): Place {
  return { organization: c.req.header(HEADERS.organization), platform: c.req.header(HEADERS.platform) }
}

/** What the program says it is, short, and without anything that could be somebody's number. */
function userAgentOf(c: Context<HttpEnv>): string | undefined {
  const text = c.req.header('user-agent')
  return text === undefined ? undefined : scrubText(text.slice(0, USER_AGENT_CHARACTERS))
}

const USER_AGENT_CHARACTERS = 200

async function runSession(c: Context<HttpEnv>, deps: HttpDeps, operation: SessionOperation): Promise<Response> {
  const credentials = credentialsOf(c, deps)
  if (credentials.isUnsafe) refuseOtherSites(deps.access.publicOrigin, credentials)
  const address = deps.addressOf(c)
  deps.rateLimits.spend(operation.rate, networkOf(address), (name, value) => c.header(name, value))
  const { input } = await readInput(c, operation)
  const signInCookie = getCookie(c, SIGN_IN_COOKIE)
  const requestId = c.get('requestId')
  const call = { now: deps.peopleNow(), requestId, address, userAgent: userAgentOf(c), credentials, signInCookie }
  const answer = await operation.handle(call, input)
  if (operation.rate !== 'signIn') c.get('isKnown')()
  changeCookie(c, SESSION_COOKIE, answer.sessionCookie)
  // Not the cookies: those of other programs on the same registrable domain would go too.
  if (answer.sessionCookie === null) c.header('Clear-Site-Data', '"cache", "storage"')
  changeCookie(c, SIGN_IN_COOKIE, answer.signInCookie)
  const { status, schema } = operation.response
  return respond(c, { status, body: schema === undefined ? null : z.parse(schema, answer.body), isReplay: false })
}

function changeCookie(c: Context<HttpEnv>, name: string, value: string | null | undefined): void {
  const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'Strict' } as const
  if (value === null) deleteCookie(c, name, attributes)
  else if (value !== undefined) setCookie(c, name, value, attributes)
}

/** A client that speaks another version would misread the answer, so it gets none. */
function refuseOtherVersions(version: string | undefined): void {
  if (version === undefined || version === API_VERSION) return
  const detail = `This server speaks the version ${API_VERSION}. Send that in ${HEADERS.version}, or leave it out.`
  throw new ProblemError('validation-failed', detail)
}

/** What the request says of itself. */
export function credentialsOf(c: Context<HttpEnv>, { addressOf }: Pick<HttpDeps, 'addressOf'>): Credentials {
  return {
    authorization: c.req.header('authorization'),
    sessionCookie: getCookie(c, SESSION_COOKIE),
    origin: c.req.header('origin'),
    fetchSite: c.req.header('sec-fetch-site'),
    antiForgery: c.req.header(HEADERS.antiForgery),
    address: addressOf(c),
    parentOrigin: c.req.header(FRAME_HEADERS.parent),
    frameSecret: c.req.header(FRAME_HEADERS.secret),
    isUnsafe: c.req.method !== 'GET' && c.req.method !== 'HEAD',
  }
}

function respond(c: Context<HttpEnv>, answer: Answer): Response {
  if (answer.isReplay) c.header(HEADERS.idempotentReplayed, 'true')
  if (answer.file !== undefined) return sendFile(c, answer.file)
  if (answer.status === 204 || answer.body === null) return c.body(null, answer.status as 204)
  return c.json(answer.body, answer.status as 200)
}

/** Sent while it is written. What goes wrong in the middle cuts the connection: half a file never looks whole. */
function sendFile(c: Context<HttpEnv>, { contentType, fileName, lines }: SentFile): Response {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder()
    try {
      for await (const line of lines) yield encoder.encode(line)
    } catch (error) {
      c.get('onError')(error, c.get('requestId'))
      throw error
    }
  }
  c.header('Content-Type', contentType)
  c.header('Content-Disposition', `attachment; filename="${fileName}"`)
  return c.body(ReadableStream.from(bytes()) as ReadableStream<Uint8Array>, 200)
}
