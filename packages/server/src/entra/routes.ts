import {
  EntraChallenge,
  EntraToken,
  PortalSession,
  SignInMethods,
  UserIdentity,
  UserIdentityList,
} from '@fistworks/contract'
import { type Operation, operation } from '../http/operation.ts'
import type { SignInDeps } from '../portal-sessions/service.ts'
import {
  beginIdentity,
  connectIdentity,
  type Entra,
  listIdentities,
  removeIdentity,
  signInMethods,
  signInWithEntra,
} from './service.ts'

interface Deps {
  signIn?: SignInDeps | undefined
  entra?: Entra | undefined
}

/** Which ways to sign in there are, signing in with the identity provider, and which of its accounts are a person's. */
export function entraOperations({ signIn, entra }: Deps): Operation[] {
  return [
    operation({
      id: 'signIn.methods',
      method: 'get',
      path: '/v1/sign-in/methods',
      summary: 'How people can sign in here',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: SignInMethods },
      handle: async (call) => {
        const { methods, cookie } = signInMethods({ signIn, entra }, call)
        // A link of another site would put a new cookie in the place of one that a mailed code waits for.
        const isOurs = [undefined, 'same-origin'].includes(call.credentials.fetchSite)
        return { body: methods, ...(cookie === undefined || !isOurs ? {} : { signInCookie: cookie }) }
      },
    }),
    ...(signIn === undefined ? [] : ownIdentities({ ...signIn, entra })),
    ...(signIn === undefined || entra === undefined ? [] : withProvider({ ...signIn, entra })),
  ]
}

function withProvider(deps: SignInDeps & { entra: Entra }): Operation[] {
  return [
    operation({
      id: 'signIn.withEntra',
      method: 'post',
      path: '/v1/sign-in/entra',
      summary: 'Sign in with the ID token of the identity provider',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.signedIn',
      body: EntraToken,
      response: { status: 201, schema: PortalSession },
      handle: async (call, { body }) => {
        const { session, cookie } = await signInWithEntra(deps, body.token, call)
        return { body: session, sessionCookie: cookie, signInCookie: null }
      },
    }),
    operation({
      id: 'identities.begin',
      method: 'post',
      path: '/v1/session/identities/challenges',
      summary: 'What to go to the identity provider with to connect an account, after a step-up',
      effect: 'session',
      rate: 'write',
      response: { status: 201, schema: EntraChallenge },
      handle: async (call) => {
        const { challenge, cookie } = beginIdentity(deps, await deps.signedIn(call), call)
        return { body: challenge, signInCookie: cookie }
      },
    }),
    operation({
      id: 'identities.create',
      method: 'post',
      path: '/v1/session/identities',
      summary: 'Connects an account of the identity provider, after a step-up',
      effect: 'session',
      rate: 'signIn',
      audit: 'user.identityConnected',
      body: EntraToken,
      response: { status: 201, schema: UserIdentity },
      handle: async (call, { body }) => {
        const connected = await connectIdentity(deps, await deps.signedIn(call), body.token, call)
        return { body: connected, signInCookie: null }
      },
    }),
  ]
}

function ownIdentities(deps: SignInDeps & { entra: Entra | undefined }): Operation[] {
  return [
    operation({
      id: 'identities.list',
      method: 'get',
      path: '/v1/session/identities',
      summary: 'The accounts of the identity provider that sign this person in',
      effect: 'session',
      rate: 'read',
      response: { status: 200, schema: UserIdentityList },
      handle: async (call) => ({ body: await listIdentities(deps, await deps.signedIn(call)) }),
    }),
    operation({
      id: 'identities.remove',
      method: 'post',
      path: '/v1/session/identities/{id}/remove',
      summary: 'Takes away that an account signs this person in, after a step-up',
      effect: 'session',
      rate: 'write',
      audit: 'user.identityRemoved',
      response: { status: 204 },
      handle: async (call, { id }) => {
        await removeIdentity(deps, await deps.signedIn(call), id, call)
        return { body: null }
      },
    }),
  ]
}
