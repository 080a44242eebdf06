import { EndedSessions, OpenSessionList } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import { endOpenSession, endOtherSessions, listOpenSessions } from './service.ts'

/** Where a person is signed in, and how they end that. */
export function openSessionOperations(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'openSessions.list',
      method: 'get',
      path: '/v1/session/open-sessions',
      summary: 'Where whoever asks is signed in',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: OpenSessionList },
      handle: async (call) => ({ body: await listOpenSessions(deps, await deps.signedIn(call), call.now) }),
    }),
    operation({
      id: 'openSessions.end',
      method: 'post',
      path: '/v1/session/open-sessions/{id}/end',
      summary: 'Signs the person out in one other place',
      effect: 'session',
      rate: 'write',
      audit: 'user.sessionEnded',
      response: { status: 204 },
      handle: async (call, { id }) => {
        await endOpenSession(deps, await deps.signedIn(call), id, call)
        return { body: null }
      },
    }),
    operation({
      id: 'openSessions.endOthers',
      method: 'post',
      path: '/v1/session/open-sessions/end-others',
      summary: 'Signs the person out everywhere else',
      effect: 'session',
      rate: 'write',
      audit: 'user.otherSessionsEnded',
      response: { status: 200, schema: EndedSessions },
      handle: async (call) => ({ body: await endOtherSessions(deps, await deps.signedIn(call), call) }),
    }),
  ]
}
