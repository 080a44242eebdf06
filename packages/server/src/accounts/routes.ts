import { AccountClosing } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import { closeAccount } from './close-account.ts'

export function accountOperations(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'account.close',
      method: 'post',
      path: '/v1/session/close-account',
      summary: 'Close the account of whoever is signed in, after a step-up; its audit events stay',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.accountClosed',
      body: AccountClosing,
      response: { status: 204 },
      handle: async (call, { body }) => {
        await closeAccount(deps, await deps.signedIn(call), body, call)
        return { body: null, sessionCookie: null }
      },
    }),
  ]
}
