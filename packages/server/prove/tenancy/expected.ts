import { PROBLEMS, type ProblemCode, type Scope } from '@fistworks/contract'
import type { Described } from './described.ts'
import { namesThings, type Request } from './requests.ts'

/** What must come of a call. */
export interface Expected {
  /** One of these; `open` is anything but a refusal of the caller. */
  status: readonly number[] | 'open' | 'answered'
  /** To the ids of another tenant exactly what is said to ids that nothing has. */
  sameAsUnknown: boolean
}

export interface Caller {
  name: string
  /** May see what belongs to the victim. */
  isInside: boolean
  expects(operation: Described): Expected
  send(request: Request): Promise<Response>
}

export const status = (...codes: ProblemCode[]): Expected => ({
  status: codes.map((code) => PROBLEMS[code].status),
  sameAsUnknown: false,
})
export const OPEN: Expected = { status: 'open', sameAsUnknown: false }
export const ANSWERED: Expected = { status: 'answered', sameAsUnknown: false }

/** Sign-in is for the portal's own pages: a caller without its cookie and its page is not let in. */
export function ofPortal({ method, path }: Described): Expected {
  // Which ways to sign in there are is told to everybody.
  if (method === 'GET' && path.startsWith('/v1/sign-in/')) return OPEN
  // What is asked for is read before who asks, so a wrong question can be told first.
  return method === 'GET' ? status('unauthenticated', 'validation-failed') : status('forged-request')
}

/** A person decides. */
const DECISIONS: readonly Scope[] = ['ach-files:approve', 'ach-files:submit', 'submissions:resolve']

/** Somebody who works in their own organization and names the things of another. */
export function elsewhere(isAllowed: (scope: Scope) => boolean, isPerson: boolean) {
  return (operation: Described): Expected => {
    const { scope } = operation
    if (scope === null) return isPerson ? ANSWERED : ofPortal(operation)
    if (!isAllowed(scope)) return status('forbidden')
    if (!namesThings(operation)) return ANSWERED
    const codes: ProblemCode[] = ['not-found']
    if (!operation.hasId) codes.push('validation-failed')
    if (!isPerson && (operation.stepUp === 'person' || DECISIONS.includes(scope))) codes.push('person-required')
    return { ...status(...codes), sameAsUnknown: true }
  }
}

export const always = (code: ProblemCode) => (operation: Described) =>
  operation.scope === null ? ofPortal(operation) : status(code)
/** Where the scope is looked at first. */
export const unlessForbidden = (isAllowed: (scope: Scope) => boolean, code: ProblemCode) => (operation: Described) => {
  if (operation.scope === null) return ofPortal(operation)
  if (!isAllowed(operation.scope)) return status('forbidden')
  return status(operation.stepUp === 'person' ? 'person-required' : code)
}

/** Open to a caller of the organization; the platform itself is nothing that members look after. */
export function openTo({ isOfPlatform, hasId, scope }: Described): Expected {
  if (!isOfPlatform || !hasId) return OPEN
  return status(scope === 'platforms:write' ? 'forbidden' : 'not-found')
}

/** A caller that works in the organization itself. */
export const inside = (caller: Caller): Caller => ({ ...caller, isInside: true })

/** What is for people alone is refused to a machine before anything of the request is read. */
export const wrongInput =
  (isAllowed: (scope: Scope) => boolean) =>
  (operation: Described): Expected =>
    unlessForbidden(isAllowed, operation.stepUp === 'person' ? 'person-required' : 'validation-failed')(operation)
