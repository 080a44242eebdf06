import * as z from 'zod/mini'

/** The closed list of what can go wrong: code → HTTP status and title. What to do about each stands in `docs/problems.md`. */
export const PROBLEMS = {
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'unsupported-media-type': { status: 415, title: 'The body must be application/json' },
  'validation-failed': { status: 422, title: 'Some values are not valid' },
  unauthenticated: { status: 401, title: 'Sign in or send a valid key' },
  'session-expired': { status: 401, title: 'The session has ended' },
  forbidden: { status: 403, title: 'This caller may not do that' },
  'origin-not-allowed': { status: 403, title: 'The session does not belong to this page' },
  'network-not-allowed': { status: 403, title: 'The key may not be used from this network' },
  'forged-request': { status: 403, title: 'The request did not come from our own page' },
  'step-up-required': { status: 403, title: 'Confirm that it is you' },
  'person-required': { status: 403, title: 'Only a signed-in person may do that' },
  'second-person-required': { status: 403, title: 'Another person must do that' },
  'organization-required': { status: 400, title: 'Name the organization' },
  'not-found': { status: 404, title: 'There is nothing with this id' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'state-conflict': { status: 409, title: 'The thing is not in a state that allows this' },
  duplicate: { status: 409, title: 'It exists already' },
  'possible-duplicate': { status: 409, title: 'It may pay twice' },
  'idempotency-key-required': { status: 400, title: 'This operation needs an Idempotency-Key' },
  'idempotency-key-reused': { status: 409, title: 'The Idempotency-Key was used for another request' },
  'version-mismatch': { status: 412, title: 'Somebody changed it in the meantime' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'limit-exceeded': { status: 422, title: 'A limit would be exceeded' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'bank-unreachable': { status: 502, title: 'The bank could not be reached' },
  'host-not-allowed': { status: 422, title: 'This host may not be contacted' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'Not available right now' },
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** One wrong place in a body or query: `pointer` is a JSON Pointer (RFC 6901) into what was sent. */
export const FieldProblem = z.object({ pointer: z.string(), code: z.string(), message: z.string() })
export type FieldProblem = z.infer<typeof FieldProblem>

/** Every error body: RFC 9457 `application/problem+json`. No member ever carries a sensitive value. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.optional(z.string()),
  code: z.string(),
  requestId: z.string(),
  errors: z.optional(z.array(FieldProblem)),
  retryable: z.optional(z.boolean()),
  retryAfterSeconds: z.optional(z.int()),
})
export type Problem = z.infer<typeof Problem>
