import type { Scope } from '@fistworks/contract'
import type * as z from 'zod/mini'
import type { Credentials } from '../access/authenticate.ts'
import type { StepUpOf } from '../access/step-up.ts'
import type { AuditEntry, ControlContext, ControlReadContext, ReadContext, WriteContext } from '../context.ts'

type Schema = z.ZodMiniType
type Output<S> = S extends Schema ? z.output<S> : undefined

/** What the wrapper has checked before a handler sees it. */
export interface Input<B, Q> {
  /** The `{id}` of the path, or the empty string when it has none. */
  id: string
  body: Output<B>
  query: Output<Q>
}

interface Described<B, Q> {
  /** `resource.verb`, the same in OpenAPI and SDK. */
  id: `${string}.${string}`
  path: `/v1/${string}`
  summary: string
  body?: B
  query?: Q
  response: { status: 200 | 201 | 202; schema: Schema } | { status: 200 | 202 | 204; schema?: never }
  /** Which budget of requests it draws on (limits.ts). */
  rate: 'read' | 'write' | 'outside' | 'signIn' | 'reveal' | 'export'
}

interface Read<B, Q> extends Described<B, Q> {
  effect: 'read'
  method: 'get'
  scope: Scope
  handle(ctx: ReadContext, input: Input<B, Q>): Promise<unknown>
}

/** Who must have proven within the last minutes that it is they, before the handler runs (`access/step-up.ts`). */
interface Proven {
  stepUp?: StepUpOf
  /** The proof is needed only when the body names one of these. */
  stepUpFor?: readonly string[]
}

interface Change extends Proven {
  /** `required`: refused without a key. `accepted`: a replay gives the first answer. `none`: the answer may not be stored. */
  idempotency: 'required' | 'accepted' | 'none'
  /** The audit action; a change that appends no audit event is rolled back. */
  audit: string
}

interface Write<B, Q> extends Described<B, Q>, Change {
  effect: 'write'
  method: 'post' | 'patch'
  scope: Scope
  handle(ctx: WriteContext, input: Input<B, Q>): Promise<unknown>
}

/** Asks something of the world outside before it answers; no transaction is open meanwhile. */
interface Outside<B, Q> extends Described<B, Q>, Proven {
  effect: 'outside'
  method: 'post'
  scope: Scope
  audit: string
  handle(ctx: ReadContext, input: Input<B, Q>): Promise<{ result: unknown; audit: AuditEntry }>
}

/** A file that is written while it is sent. Its event is stored before the first byte leaves. */
interface Export<B, Q> extends Described<B, Q>, Proven {
  effect: 'export'
  method: 'post'
  scope: Scope
  audit: string
  handle(ctx: ReadContext, input: Input<B, Q>): Promise<{ audit: AuditEntry; open(): Promise<SentFile> }>
}

export interface SentFile {
  contentType: string
  fileName: string
  lines: AsyncIterable<string>
}

/** A read of the control plane (organizations). */
interface ControlRead<B, Q> extends Described<B, Q> {
  effect: 'controlRead'
  method: 'get'
  scope: Scope
  handle(ctx: ControlReadContext, input: Input<B, Q>): Promise<unknown>
}

/** A change of the control plane (organizations, embed sessions). */
interface Control<B, Q> extends Described<B, Q>, Change {
  effect: 'control'
  method: 'post' | 'patch'
  scope: Scope
  handle(ctx: ControlContext, input: Input<B, Q>): Promise<unknown>
}

/** What a sign-in operation may use of the request, and what it answers: these alone touch our cookies. */
export interface SessionCall {
  now: Date
  requestId: string
  address: string | undefined
  userAgent: string | undefined
  credentials: Credentials
  signInCookie: string | undefined
}
export interface SessionAnswer {
  body: unknown
  /** New values; `null` takes the cookie away. */
  sessionCookie?: string | null
  signInCookie?: string | null
}

/** Sign-in and sign-out: public, and only from the portal's own pages. */
interface Session<B, Q> extends Described<B, Q> {
  effect: 'session'
  method: 'get' | 'post'
  /** The audit action of one that changes something. */
  audit?: string
  handle(call: SessionCall, input: Input<B, Q>): Promise<SessionAnswer>
}

export type OperationSpec<B, Q> =
  | Read<B, Q>
  | Write<B, Q>
  | Outside<B, Q>
  | Export<B, Q>
  | ControlRead<B, Q>
  | Control<B, Q>
  | Session<B, Q>

/** An operation as the registry holds it: its types are proven where it was written. */
export type Operation = OperationSpec<Schema | undefined, Schema | undefined>
export type SessionOperation = Extract<Operation, { effect: 'session' }>
export type ScopedOperation = Exclude<Operation, SessionOperation>

/** Describes one operation: who may call it, what it takes and gives, what it leaves in the audit log. */
export function operation<B extends Schema | undefined = undefined, Q extends Schema | undefined = undefined>(
  spec: OperationSpec<B, Q>,
): Operation {
  return spec as unknown as Operation
}
