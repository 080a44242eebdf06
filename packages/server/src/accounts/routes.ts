import { AccountClosing, MailChoice, MailChoiceUpdate } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import { closeAccount } from './close-account.ts'
import { retrieveMailChoice, updateMailChoice } from './mail-choice.ts'

export function accountOperations(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'account.mails',
      method: 'get',
      path: '/v1/session/mails',
      summary: 'Which mails whoever asks does without',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: MailChoice },
      handle: async (call) => {
        const { userId } = await deps.signedIn(call)
        return { body: await retrieveMailChoice(deps.control.read, userId) }
      },
    }),
    operation({
      id: 'account.chooseMails',
      method: 'post',
      path: '/v1/session/mails',
      summary: 'Says which mails one does without; what is about security is mailed always',
      effect: 'session',
      rate: 'write',
      audit: 'user.mailsChosen',
      body: MailChoiceUpdate,
      response: { status: 200, schema: MailChoice },
      handle: async (call, { body }) => ({ body: await updateMailChoice(deps, await deps.signedIn(call), body, call) }),
    }),
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
