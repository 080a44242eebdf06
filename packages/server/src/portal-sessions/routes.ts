import { PortalSession, SignIn, SignInCodeRequest } from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import { describeSession, endPortalSession, requestSignInCode, type SignInDeps, verifySignInCode } from './service.ts'

/** Sign-in with a mailed one-time code, who is signed in, and sign-out. */
export function portalSessionOperations(deps: SignInDeps): Operation[] {
  return [...signIns(deps), ...sessions(deps)]
}

function signIns(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'signIn.requestCode',
      method: 'post',
      path: '/v1/sign-in/codes',
      summary: 'Mail a one-time code; the answer is the same for every address',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.signInCodeRequested',
      body: SignInCodeRequest,
      response: { status: 202 },
      handle: async (call, { body }) => ({
        body: null,
        signInCookie: await requestSignInCode(deps, body.email, call),
      }),
    }),
    operation({
      id: 'signIn.verifyCode',
      method: 'post',
      path: '/v1/sign-in/sessions',
      summary: 'Sign in with the mailed code',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.signedIn',
      body: SignIn,
      response: { status: 201, schema: PortalSession },
      handle: async (call, { body }) => {
        const { session, cookie } = await verifySignInCode(
          deps,
          { ...body, cookie: call.signInCookie, earlier: call.credentials.sessionCookie },
          call,
        )
        return { body: session, sessionCookie: cookie, signInCookie: null }
      },
    }),
  ]
}

function sessions(deps: SignInDeps): Operation[] {
  return [
    operation({
      id: 'portalSession.retrieve',
      method: 'get',
      path: '/v1/session',
      summary: 'Who is signed in',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: PortalSession },
      handle: async (call) => ({ body: await describeSession(deps.control, await deps.signedIn(call), call.now) }),
    }),
    operation({
      id: 'portalSession.end',
      method: 'post',
      path: '/v1/session/end',
      summary: 'Sign out',
      effect: 'session',
      rate: 'write',
      audit: 'user.signedOut',
      response: { status: 204 },
      handle: async (call) => {
        await endPortalSession(deps, await deps.signedIn(call), call)
        return { body: null, sessionCookie: null }
      },
    }),
  ]
}
