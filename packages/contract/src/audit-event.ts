import * as z from 'zod/mini'
import { Actor } from './actor.ts'
import { GivenInstant } from './given-instant.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Instant } from './text.ts'

/** The door an action came through; the id is that of the key, the session or the job. */
export const AuditVia = z.object({
  type: z.enum(['apiKey', 'embedSession', 'portalSession', 'commandLine', 'worker']),
  id: z.nullable(z.string()),
})

const Outcome = z.enum(['succeeded', 'failed', 'denied'])

/**
 * One significant action. Values in `data` are masked. `hash` chains it to the event before in its chain: `chain` is the
 * organization, or the person whose sign-in it is, and `sequence` the place in it.
 */
export const AuditEvent = z.object({
  type: z.literal('auditEvent'),
  id: idOf('aud'),
  chain: z.string(),
  sequence: z.int(),
  at: Instant,
  action: z.string(),
  actor: Actor,
  via: z.nullable(AuditVia),
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  targetType: z.string(),
  targetId: z.string(),
  outcome: Outcome,
  requestId: z.nullable(z.string()),
  data: z.record(z.string(), z.unknown()),
  hash: z.string(),
})
export type AuditEvent = z.infer<typeof AuditEvent>
export const AuditEventPage = pageOf(AuditEvent)

const filter = {
  /** From this instant on. */
  from: z.optional(GivenInstant),
  /** Up to, but without, this instant. */
  to: z.optional(GivenInstant),
  /** The id of an actor, or a part of the name. */
  actor: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  /** One action (`recipient.updated`), or all of a kind (`recipient`). */
  action: z.optional(
    z.string().check(
      z.regex(/^[a-z][A-Za-z]{0,50}(\.[a-z][A-Za-z]{0,50})?$/, {
        error: 'must be like recipient.updated or recipient',
      }),
    ),
  ),
  /** What it was done to. */
  targetId: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  outcome: z.optional(Outcome),
}

/** Which events; all of them when nothing is said. */
export const AuditEventFilter = z.strictObject(filter)
export type AuditEventFilter = z.infer<typeof AuditEventFilter>

export const AuditEventQuery = z.strictObject({ ...PageQuery.shape, ...filter })
export type AuditEventQuery = z.infer<typeof AuditEventQuery>

/**
 * Asks for events as one file: `jsonl` with the proofs that `fistworks audit verify` checks, `csv` for spreadsheets,
 * `ocsf` (Open Cybersecurity Schema Framework, JSON lines) for a security log.
 */
export const AuditExport = z.strictObject({ format: z.enum(['jsonl', 'csv', 'ocsf']), ...filter })
export type AuditExport = z.infer<typeof AuditExport>

/** What the log was signed over last, and the key that checks it (C2SP signed-note). */
export const AuditCheckpoint = z.object({
  type: z.literal('auditCheckpoint'),
  log: z.string(),
  publicKey: z.string(),
  /** Name of the log, number of events, root, and the signature. */
  note: z.string(),
})
export type AuditCheckpoint = z.infer<typeof AuditCheckpoint>
export const AuditCheckpointList = z.object({ data: z.array(AuditCheckpoint) })
export type AuditCheckpointList = z.infer<typeof AuditCheckpointList>
