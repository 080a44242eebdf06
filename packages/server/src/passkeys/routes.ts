import { Passkey, PasskeyChallenge, PasskeyCreate, PasskeyList } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import { addPasskey, beginPasskey, listPasskeys, removePasskey } from './service.ts'

/** A person's passkeys. */
export function passkeyOperations(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'passkeys.list',
      method: 'get',
      path: '/v1/session/passkeys',
      summary: 'The passkeys of whoever is signed in',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: PasskeyList },
      handle: async (call) => ({ body: await listPasskeys(deps, await deps.signedIn(call)) }),
    }),
    operation({
      id: 'passkeys.begin',
      method: 'post',
      path: '/v1/session/passkeys/challenges',
      summary: 'What to ask the browser for a new passkey with',
      effect: 'session',
      rate: 'write',
      response: { status: 201, schema: PasskeyChallenge },
      handle: async (call) => ({ body: await beginPasskey(deps, await deps.signedIn(call), call.now) }),
    }),
    operation({
      id: 'passkeys.create',
      method: 'post',
      path: '/v1/session/passkeys',
      summary: 'Adds a passkey: the first within five minutes of signing in, others after a step-up',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.passkeyAdded',
      body: PasskeyCreate,
      response: { status: 201, schema: Passkey },
      handle: async (call, { body }) => ({ body: await addPasskey(deps, await deps.signedIn(call), body, call) }),
    }),
    operation({
      id: 'passkeys.remove',
      method: 'post',
      path: '/v1/session/passkeys/{id}/remove',
      summary: 'Removes a passkey, after a step-up',
      effect: 'session',
      rate: 'write',
      audit: 'user.passkeyRemoved',
      response: { status: 204 },
      handle: async (call, { id }) => {
        await removePasskey(deps, await deps.signedIn(call), id, call)
        return { body: null }
      },
    }),
  ]
}
