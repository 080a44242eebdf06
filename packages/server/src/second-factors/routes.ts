import {
  AuthenticatorAppConfirm,
  AuthenticatorAppOffer,
  PasskeyChallenge,
  PortalSession,
  RecoveryCodes,
  SecondFactors,
  StepUp,
} from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { beginStepUp } from '../passkeys/service.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import { beginAuthenticatorApp, confirmAuthenticatorApp, removeAuthenticatorApp } from './authenticator-app.ts'
import { provePerson } from './prove-person.ts'
import { createRecoveryCodes, retrieveSecondFactors } from './recovery-codes.ts'

/** What a person confirms with besides passkeys, and the fresh proof itself. */
export function secondFactorOperations(deps: SignInDeps): Operation[] {
  return [...authenticatorApps(deps), ...recoveryCodes(deps), ...stepUps(deps)]
}

function authenticatorApps(deps: SignInDeps): Operation[] {
  const path = '/v1/session/authenticator-app'
  return [
    operation({
      id: 'authenticatorApp.begin',
      method: 'post',
      path: `${path}/seeds`,
      summary: 'A new seed for an authenticator app, told this once; it counts after its first code',
      effect: 'session',
      rate: 'write',
      response: { status: 201, schema: AuthenticatorAppOffer },
      handle: async (call) => ({ body: await beginAuthenticatorApp(deps, await deps.signedIn(call), call.now) }),
    }),
    operation({
      id: 'authenticatorApp.confirm',
      method: 'post',
      path,
      summary: 'Takes the app into use with its first code; the session gets a new cookie',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.authenticatorAppAdded',
      body: AuthenticatorAppConfirm,
      response: { status: 201, schema: PortalSession },
      handle: async (call, { body }) => {
        const user = await deps.signedIn(call)
        const { session, cookie } = await confirmAuthenticatorApp(deps, user, body.code, call)
        return { body: session, sessionCookie: cookie }
      },
    }),
    operation({
      id: 'authenticatorApp.remove',
      method: 'post',
      path: `${path}/remove`,
      summary: 'Removes the authenticator app, after a step-up',
      effect: 'session',
      rate: 'write',
      audit: 'user.authenticatorAppRemoved',
      response: { status: 204 },
      handle: async (call) => {
        await removeAuthenticatorApp(deps, await deps.signedIn(call), call)
        return { body: null }
      },
    }),
  ]
}

function recoveryCodes(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'secondFactors.retrieve',
      method: 'get',
      path: '/v1/session/second-factors',
      summary: 'What whoever is signed in can confirm with besides passkeys',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: SecondFactors },
      handle: async (call) => ({ body: await retrieveSecondFactors(deps, await deps.signedIn(call)) }),
    }),
    operation({
      id: 'recoveryCodes.create',
      method: 'post',
      path: '/v1/session/recovery-codes',
      summary: 'New recovery codes, told this once, after a step-up; those before them are worthless',
      effect: 'session',
      rate: 'write',
      audit: 'user.recoveryCodesMade',
      response: { status: 201, schema: RecoveryCodes },
      handle: async (call) => ({ body: await createRecoveryCodes(deps, await deps.signedIn(call), call) }),
    }),
  ]
}

/** The fresh proof that what must not be done with a stolen session asks for. */
function stepUps(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'stepUp.begin',
      method: 'post',
      path: '/v1/session/step-up/challenges',
      summary: 'What to ask the browser for a passkey’s answer with',
      effect: 'session',
      rate: 'write',
      response: { status: 201, schema: PasskeyChallenge },
      handle: async (call) => ({ body: await beginStepUp(deps, await deps.signedIn(call), call.now) }),
    }),
    operation({
      id: 'stepUp.verify',
      method: 'post',
      path: '/v1/session/step-up',
      summary:
        'Proves that the person is there: passkey, authenticator app or recovery code; the session gets a new cookie',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.steppedUp',
      body: StepUp,
      response: { status: 200, schema: PortalSession },
      handle: async (call, { body }) => {
        const { session, cookie } = await provePerson(deps, await deps.signedIn(call), body, call)
        return { body: session, sessionCookie: cookie }
      },
    }),
  ]
}
