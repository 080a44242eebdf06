import { createHash } from 'node:crypto'
import type { Actor, Id, IdPrefix } from '@fistworks/contract'
import * as z from 'zod/mini'
import { actorOf, aliasOf, type Principal, principalKey, viaOf } from '../access/principal.ts'
import type { Standing } from '../access/tenant.ts'
import { type AuditEventInput, appendAuditEvent, appendControlAuditEvent } from '../audit/audit.ts'
import type { AuditEntry, ControlContext, ControlReadContext, ReadContext, WriteContext } from '../context.ts'
import { LIMITS } from '../limits.ts'
import { ProblemError } from '../problem-error.ts'
import type { Databases } from '../storage/directory.ts'
import { acrossTenants, onBehalfOf } from '../storage/on-behalf-of.ts'
import { isDatabaseAway } from '../storage/classify.ts'
import { findIdempotent, type IdempotencyScope, insertIdempotent } from '../storage/idempotency.ts'
import { OutcomeUnknown, type Reader, type Storage, type Tx } from '../storage/transaction.ts'
import { closedVault } from '../vault/closed-vault.ts'
import type { OrganizationVault, Vault } from '../vault/vault.ts'
import type { Input, ScopedOperation, SentFile } from './operation.ts'

type Schema = z.ZodMiniType
type AnyInput = Input<Schema | undefined, Schema | undefined>

export interface RunDeps {
  databases: Databases
  vault: Vault
  /** What time it is for business. */
  now(): Date
  /** What time it is for people. */
  peopleNow(): Date
  newId<P extends IdPrefix>(prefix: P, now: Date): Id<P>
  /** Called after each committed change, so that what it enqueued starts at once. */
  onCommitted(): void
}

export interface Call {
  principal: Principal
  standing: Standing
  requestId: string
  address: string | undefined
  userAgent: string | undefined
  idempotencyKey: string | undefined
  input: AnyInput
  /** The body as it came. */
  text: string
}

export interface Answer {
  status: number
  body: unknown
  isReplay: boolean
  /** Sent instead of a body. */
  file?: SentFile
}

/** Runs one operation for a caller that may call it: tenant, replay, one transaction, audit. */
export function runOperation(deps: RunDeps, operation: ScopedOperation, call: Call): Promise<Answer> {
  return onBehalfOf(ownerOf(call), () => runFor(deps, operation, call))
}

/** Whose rows a call is about: the organization it names, else in the control plane the platform or the person. */
function ownerOf({ standing, principal }: Call): string {
  const person = principal.type === 'user' ? principal.userId : null
  return standing.organizationId ?? standing.platformId ?? person ?? principalKey(principal)
}

async function runFor(deps: RunDeps, operation: ScopedOperation, call: Call): Promise<Answer> {
  if (operation.effect === 'controlRead') {
    const ctx = { ...controlCallerOf(deps, call), db: deps.databases.control.read }
    return answer(operation, await operation.handle(ctx, call.input))
  }
  if (operation.effect === 'control') {
    const changed = await runControl(deps, operation, call)
    deps.onCommitted()
    return changed
  }
  const organizationId = call.standing.organizationId
  if (organizationId === null) {
    throw new ProblemError(
      'organization-required',
      'Send the header FISTWorks-Organization with the id of the organization.',
    )
  }
  const storage = await deps.databases.tenantOf(organizationId)
  const { isOpen } = call.standing
  const vault = isOpen ? await deps.vault.forOrganization(organizationId) : closedVault(organizationId)
  const base = { ...callerOf(deps, call, deps.now()), organizationId, vault }
  if (operation.effect === 'read') {
    return answer(operation, await operation.handle({ ...base, db: storage.read }, call.input))
  }
  if (operation.effect === 'outside') return runOutside(storage, operation, { ...base, db: storage.read }, call)
  if (operation.effect === 'export') return runExport(storage, operation, { ...base, db: storage.read }, call)
  const written = await runWrite(storage, operation, base, call)
  deps.onCommitted()
  return written
}

type CallerPart = Pick<ReadContext, 'actor' | 'alias' | 'isPerson' | 'requestId' | 'now' | 'newId'>

function callerOf(deps: RunDeps, call: Call, now: Date): CallerPart {
  const alias = aliasOf(call.principal)
  return {
    actor: actorOf(call.principal),
    ...(alias === null ? {} : { alias }),
    isPerson: call.principal.type !== 'apiKey',
    requestId: call.requestId,
    now,
    newId: (prefix) => deps.newId(prefix, now),
  }
}

function controlCallerOf(deps: RunDeps, call: Call): Omit<ControlReadContext, 'db'> {
  const principal = call.principal
  return {
    ...callerOf(deps, call, deps.peopleNow()),
    platformId: call.standing.platformId,
    organizationId: call.standing.organizationId,
    isOpen: call.standing.isOpen,
    onlyOrganizations: principal.type === 'apiKey' ? principal.onlyOrganizations : null,
    userId: principal.type === 'user' ? principal.userId : null,
    scopes: call.standing.scopes,
  }
}

async function runWrite(
  storage: Storage,
  operation: Extract<ScopedOperation, { effect: 'write' }>,
  base: Omit<WriteContext, 'db' | 'audit'>,
  call: Call,
): Promise<Answer> {
  const scope = idempotencyScope(operation, call, base.organizationId, base.vault)
  return once(storage, scope, async (tx) => {
    const before = await earlierAnswer(tx, scope)
    if (before !== null) return before
    const written = new Set<string>()
    const audit = async (entry: AuditEntry) => {
      written.add(entry.action)
      await appendAuditEvent(tx, base.organizationId, base.now, eventOf(entry, base.actor, call))
    }
    const result = answer(operation, await operation.handle({ ...base, db: tx, audit }, call.input))
    requireAudit(operation, written)
    if (scope !== null) await insertIdempotent(tx, scope, stored(result, base.now))
    return result
  })
}

async function runControl(
  deps: RunDeps,
  operation: Extract<ScopedOperation, { effect: 'control' }>,
  call: Call,
): Promise<Answer> {
  const base = controlCallerOf(deps, call)
  const owner = ownerOf(call)
  const scope = idempotencyScope(operation, call, owner, null)
  return once(deps.databases.control, scope, async (tx) => {
    const before = await earlierAnswer(tx, scope)
    if (before !== null) return before
    const written = new Set<string>()
    const audit = async (entry: AuditEntry) => {
      written.add(entry.action)
      const append = (chain: string) => appendControlAuditEvent(tx, chain, base.now, eventOf(entry, base.actor, call))
      const { chainOf } = entry
      await (chainOf === undefined ? append(owner) : acrossTenants('found-organization', () => append(chainOf)))
    }
    const ctx: ControlContext = { ...base, db: tx, audit }
    const result = answer(operation, await operation.handle(ctx, call.input))
    requireAudit(operation, written)
    if (scope !== null) await insertIdempotent(tx, scope, stored(result, base.now))
    return result
  })
}

/** One unit of work. When a server did not answer the commit, the row of its key tells whether it happened. */
async function once(
  storage: Storage,
  scope: IdempotencyScope | null,
  work: (tx: Tx) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await storage.write(work)
  } catch (error) {
    const stored = error instanceof OutcomeUnknown ? await earlierAnswer(storage.read, scope) : null
    if (stored === null) throw error
    return { ...stored, isReplay: false }
  }
}

/** A change and its audit event are one transaction: without the event there is no change. */
function requireAudit(operation: { id: string; audit: string }, written: ReadonlySet<string>): void {
  if (!written.has(operation.audit)) throw new Error(`${operation.id} wrote no audit event ${operation.audit}`)
}

async function runOutside(
  storage: Storage,
  operation: Extract<ScopedOperation, { effect: 'outside' }>,
  ctx: ReadContext,
  call: Call,
): Promise<Answer> {
  const append = (event: AuditEventInput) =>
    storage.write((tx: Tx) => appendAuditEvent(tx, ctx.organizationId, ctx.now, event))
  const { result, audit } = await operation.handle(ctx, call.input).catch(async (error: unknown) => {
    const failure = failureOf(operation, error, ctx, call)
    if (failure !== null) await append(failure)
    throw error
  })
  await append(eventOf(audit, ctx.actor, call))
  return answer(operation, result)
}

async function runExport(
  storage: Storage,
  operation: Extract<ScopedOperation, { effect: 'export' }>,
  ctx: ReadContext,
  call: Call,
): Promise<Answer> {
  const { audit, open } = await operation.handle(ctx, call.input)
  await storage.write((tx: Tx) => appendAuditEvent(tx, ctx.organizationId, ctx.now, eventOf(audit, ctx.actor, call)))
  const file = await open().catch((cause: unknown) => {
    if (!isDatabaseAway(cause)) throw cause
    throw new ProblemError('unavailable', NOT_EXPORTED, { cause })
  })
  return { status: operation.response.status, body: null, isReplay: false, file }
}

const NOT_EXPORTED =
  'The database does not answer right now, and nothing was exported. That it was asked for stands in the audit log. Ask for it again in a moment.'

/** What was tried outside and could not be done is told as well. */
function failureOf(operation: ScopedOperation & { audit: string }, error: unknown, ctx: ReadContext, call: Call) {
  const code = error instanceof ProblemError ? error.code : null
  if (code !== 'bank-unreachable' && code !== 'host-not-allowed') return null
  const { input } = call
  const target =
    input.id === '' ? { type: 'organization', id: ctx.organizationId } : { type: 'bankConnection', id: input.id }
  const entry = { action: operation.audit, targetType: target.type, targetId: target.id, data: { code } }
  return {
    ...eventOf(entry, ctx.actor, call),
    outcome: code === 'host-not-allowed' ? ('denied' as const) : ('failed' as const),
  }
}

function eventOf(entry: AuditEntry, actor: Actor, call: Call): AuditEventInput {
  return {
    outcome: 'succeeded',
    ...entry,
    actor: { type: actor.type, id: actor.id, ...(actor.name === undefined ? {} : { name: actor.name }) },
    via: viaOf(call.principal),
    requestId: call.requestId,
    ip: call.address,
    userAgent: call.userAgent,
  }
}

/** Only what the contract names leaves the server: the schema drops every other key. */
function answer(operation: ScopedOperation, result: unknown): Answer {
  const { status, schema } = operation.response
  return { status, body: schema === undefined ? null : z.parse(schema, result), isReplay: false }
}

function stored(result: Answer, now: Date) {
  return { status: result.status, responseBody: JSON.stringify(result.body), createdAt: now }
}

async function earlierAnswer(db: Reader, scope: IdempotencyScope | null): Promise<Answer | null> {
  if (scope === null) return null
  const row = await findIdempotent(db, scope)
  if (row === null) return null
  if (row.bodyHash !== scope.bodyHash) {
    const detail = 'This Idempotency-Key was used before with another body. Make a new key for a new request.'
    throw new ProblemError('idempotency-key-reused', detail)
  }
  return { status: row.status, body: JSON.parse(row.responseBody), isReplay: true }
}

function idempotencyScope(
  operation: Extract<ScopedOperation, { effect: 'write' | 'control' }>,
  call: Call,
  owner: string,
  vault: OrganizationVault | null,
): IdempotencyScope | null {
  const key = call.idempotencyKey
  if (operation.idempotency === 'none') return null
  if (key === undefined) {
    if (operation.idempotency === 'accepted') return null
    const detail = 'Send an Idempotency-Key header, made once for this request and kept over retries.'
    throw new ProblemError('idempotency-key-required', detail)
  }
  if (key.length > LIMITS.idempotencyKeyCharacters || !/^[\x21-\x7e]+$/.test(key)) {
    throw new ProblemError('validation-failed', 'An Idempotency-Key has 1 to 255 visible ASCII characters.')
  }
  const what = `${call.input.id}\n${call.text}`
  // A body can hold an account number, so its hash is keyed with the tenant's index key.
  const hash = vault === null ? createHash('sha256').update(what).digest() : vault.blindIndex('idempotency', what)
  const bodyHash = Buffer.from(hash).toString('hex')
  return { owner, principal: principalKey(call.principal), operation: operation.id, key, bodyHash }
}
