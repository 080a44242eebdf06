import { EmbedRaise, EmbedRaiseCreate, EmbedSession, EmbedSessionCreate, EmbedSessionState } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import { describeEmbedSession, raiseEmbedSession } from './raise.ts'
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

/** What our own frame asks about its session, and how a person of the portal raises it. */
export function embedFrameOperations(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'embedSession.retrieve',
      method: 'get',
      path: '/v1/embed-session',
      summary: 'What the embed session that asks is, and what it may do now',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: EmbedSessionState },
      handle: async (call) => ({ body: await describeEmbedSession(deps, await deps.embedded(call)) }),
    }),
    operation({
      id: 'embedSession.raise',
      method: 'post',
      path: '/v1/session/embed-raises',
      summary: 'Adds to an embed session, for one frame and five minutes, what its platform allows and the role has',
      effect: 'session',
      rate: 'write',
      audit: 'embedSession.raised',
      body: EmbedRaiseCreate,
      response: { status: 201, schema: EmbedRaise },
      handle: async (call, { body }) => ({
        body: await raiseEmbedSession(deps, await deps.signedIn(call), body, call),
      }),
    }),
  ]
}
