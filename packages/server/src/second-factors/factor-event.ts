import type { UserPrincipal } from '../access/principal.ts'
import { appendControlAuditEvent } from '../audit/audit.ts'
import type { Moment } from '../portal-sessions/service.ts'
import { onBehalfOf } from '../storage/on-behalf-of.ts'
import type { Tx } from '../storage/transaction.ts'

interface About {
  target?: { type: string; id: string }
  data?: Record<string, unknown>
}

/** An event in the person's own chain. */
export function appendFactorEvent(
  tx: Tx,
  user: UserPrincipal,
  moment: Moment,
  action: string,
  about: About | null = null,
  outcome: 'succeeded' | 'denied' = 'succeeded',
): Promise<void> {
  const target = about?.target ?? { type: 'user', id: user.userId }
  return onBehalfOf(user.userId, () =>
    appendControlAuditEvent(tx, user.userId, moment.now, {
      action,
      actor: { type: 'user', id: user.userId, name: user.name },
      targetType: target.type,
      targetId: target.id,
      outcome,
      via: { type: 'portalSession', id: user.sessionId },
      requestId: moment.requestId,
      ip: moment.address,
      userAgent: moment.userAgent,
      data: about?.data ?? {},
    }),
  )
}
