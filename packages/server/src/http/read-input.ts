import type { FieldProblem } from '@fistworks/contract'
import type { Context } from 'hono'
import * as z from 'zod/mini'
import { invalid, ProblemError } from '../problem-error.ts'
import type { HttpEnv } from './env.ts'
import type { Input, Operation } from './operation.ts'
import { ambiguity } from './strict-json.ts'

type Schema = z.ZodMiniType

/** Checks path, query and body against what the operation takes. `text` is the body as it came, for the replay check. */
export async function readInput(
  c: Context<HttpEnv>,
  operation: Operation,
): Promise<{ input: Input<Schema | undefined, Schema | undefined>; text: string }> {
  const id = c.req.param('id') ?? ''
  const query = operation.query === undefined ? {} : parse(operation.query, queryOf(c))
  if (operation.query === undefined) refuseQuery(c)
  const text = operation.method === 'get' ? '' : await c.req.text()
  const body = operation.body === undefined ? undefined : parse(operation.body, json(c, text))
  if (operation.body === undefined && text.trim() !== '' && text.trim() !== '{}') {
    throw new ProblemError('validation-failed', 'This operation takes no body.')
  }
  return { input: { id, query, body } as Input<Schema | undefined, Schema | undefined>, text }
}

function queryOf(c: Context<HttpEnv>): Record<string, string> {
  const seen: Record<string, string> = {}
  for (const [name, values] of Object.entries(c.req.queries())) {
    if (values.length > 1)
      throw invalid([{ pointer: `/${name}`, code: 'repeated', message: 'was sent more than once' }])
    seen[name] = values[0] ?? ''
  }
  return seen
}

function refuseQuery(c: Context<HttpEnv>): void {
  const name = Object.keys(c.req.queries())[0]
  if (name !== undefined)
    throw invalid([{ pointer: `/${name}`, code: 'unrecognized', message: 'is not a parameter here' }])
}

function json(c: Context<HttpEnv>, text: string): unknown {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new ProblemError('unsupported-media-type', 'Send the body as JSON with Content-Type: application/json.')
  }
  const value = parsed(text)
  const why = ambiguity(text)
  if (why !== null) throw new ProblemError('invalid-json', AMBIGUOUS[why])
  return value
}

const AMBIGUOUS = {
  nested: 'The body has more levels than anything here takes.',
  repeated: 'An object in the body has one name twice. Send each once.',
  reserved: 'An object in the body has a name that cannot be used: __proto__, constructor or prototype.',
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError('invalid-json', 'The body could not be read as JSON. Check quotes, commas and encoding.')
  }
}

/** All wrong places at once; a message never repeats the value. */
function parse(schema: Schema, value: unknown): unknown {
  const result = z.safeParse(schema, value)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, PROBLEMS_MAX)
  throw invalid(issues.flatMap((issue) => fieldProblems(issue, value, '')).slice(0, PROBLEMS_MAX))
}

/** What is told of a body: one issue can name every key of it, so the answer could be larger than what was sent. */
const PROBLEMS_MAX = 100

function fieldProblems(issue: z.core.$ZodIssue, value: unknown, at: string): FieldProblem[] {
  const pointer = at + issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, PROBLEMS_MAX).map((key) => ({
      pointer: `${pointer}/${key
        .slice(0, 100)
        .replaceAll('~', '~0')
        .replaceAll('/', '~1')
        .replaceAll(/\d{5,}/g, '…')}`,
      code: 'unrecognized',
      message: 'is not a field here',
    }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return issue.errors[0]?.flatMap((inner) => fieldProblems(inner, valueAt(value, issue.path), pointer)) ?? []
  }
  return [{ pointer, code: issue.code, message: words(issue, value) }]
}

function words(issue: z.core.$ZodIssue, value: unknown): string {
  if (valueAt(value, issue.path) === undefined) return 'is missing'
  if (issue.message !== 'Invalid input') return issue.message
  if (issue.code === 'invalid_type') return `must be ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  if (issue.code === 'too_big') return `must have at most ${issue.maximum}`
  if (issue.code === 'too_small') return `must have at least ${issue.minimum}`
  return 'is not valid'
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value
  for (const part of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[part]
  return at
}
