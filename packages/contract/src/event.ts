import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Instant } from './text.ts'

/** Everything that an organization is told of: a closed list, so that a receiver can know all of it. */
export const EVENT_TYPES = [
  'achFile.approvalRequested',
  'achFile.approved',
  'achFile.rejected',
  'achFile.approvalExpired',
  'achFile.submitted',
  'achFile.canceled',
  'achFile.reversed',
  'submission.delivered',
  'submission.acknowledged',
  'submission.rejectedByBank',
  'submission.failed',
  'submission.unknown',
  'submission.resolutionProposed',
  'submission.resolved',
  'submission.canceled',
  'submission.cutoffMissed',
  'deliveries.stopped',
  'deliveries.resumed',
  'bankConnection.hostKeyChanged',
  'bankConnection.unreachable',
  'bankConnection.reachable',
  'bankConnection.legacyAlgorithmsEnding',
  'bankConnection.answersChanged',
  'schedule.fileCreated',
  'schedule.failed',
  'schedule.ended',
  'inboundFile.received',
  'inboundFile.notUnderstood',
  'return.received',
  'return.unmatched',
  'return.retried',
  'correction.received',
  'correction.applied',
  'correction.dueSoon',
  'correction.overdue',
  'returnRate.warning',
  'webhookEndpoint.disabled',
  'webhookEndpoint.tested',
] as const
export const EventType = z.enum(EVENT_TYPES)
export type EventType = z.infer<typeof EventType>

/** What kinds of things events are about. */
export const EVENT_OBJECTS = [
  'organization',
  'achFile',
  'submission',
  'bankConnection',
  'bankAccount',
  'schedule',
  'inboundFile',
  'return',
  'correction',
  'webhookEndpoint',
] as const
export const EventObject = z.enum(EVENT_OBJECTS)
export type EventObject = z.infer<typeof EventObject>

/**
 * What happened, without the thing itself: whoever wants to know more asks for it by its id. A webhook carries the same.
 * `sequence` grows by one with each event of the organization.
 */
export const Event = z.object({
  id: idOf('evt'),
  type: EventType,
  timestamp: Instant,
  data: z.object({
    object: EventObject,
    id: z.string(),
    organizationId: idOf('org'),
    sequence: z.int(),
    /** What the thing is since then, in the words of its own kind. */
    status: z.nullable(z.string()),
    /** A few words and figures about it; never an account or routing number. */
    about: z.record(z.string(), z.nullable(z.union([z.string(), z.number()]))),
  }),
})
export type Event = z.infer<typeof Event>

/** A list of events goes from the oldest to the newest. */
export const EventPage = pageOf(Event)

export const EventQuery = z.extend(PageQuery, {
  /** Those that came after this one; the oldest that there is when nothing is said. */
  after: z.optional(idOf('evt')),
  type: z.optional(EventType),
  /** Those about this thing. */
  objectId: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
})
export type EventQuery = z.infer<typeof EventQuery>
