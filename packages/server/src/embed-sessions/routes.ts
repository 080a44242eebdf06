import { EmbedSession, EmbedSessionCreate } from '@fistworks/contract'
import { operation } from '../http/operation.ts'
import { createEmbedSession, revokeEmbedSession } from './service.ts'

export const embedSessionOperations = [
  operation({
    id: 'embedSessions.create',
    method: 'post',
    path: '/v1/embed-sessions',
    summary: 'Let one end user use named components on your pages for at most fifteen minutes',
    effect: 'control',
    scope: 'embed-sessions:write',
    // The answer holds a secret, so it is not kept for a replay: a second call makes a second session.
    idempotency: 'none',
    audit: 'embedSession.created',
    rate: 'write',
    body: EmbedSessionCreate,
    response: { status: 201, schema: EmbedSession },
    handle: (ctx, { body }) => createEmbedSession(ctx, body),
  }),
  operation({
    id: 'embedSessions.revoke',
    method: 'post',
    path: '/v1/embed-sessions/{id}/revoke',
    summary: 'End an embed session at once',
    effect: 'control',
    scope: 'embed-sessions:write',
    idempotency: 'accepted',
    audit: 'embedSession.revoked',
    rate: 'write',
    response: { status: 204 },
    handle: (ctx, { id }) => revokeEmbedSession(ctx, id),
  }),
]
