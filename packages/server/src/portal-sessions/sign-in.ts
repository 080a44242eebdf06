import { type Access, authenticate, portalSession } from '../access/authenticate.ts'
import type { Mailer } from '../mail/mailer.ts'
import { newId } from '../new-id.ts'
import { ProblemError } from '../problem-error.ts'
import type { SignInDeps } from './service.ts'
import type { Vault } from '../vault/vault.ts'
import { createSignInCodes } from './sign-in-codes.ts'

/** Sign-in by mailed codes, where there is a way to mail them. */
export function createSignIn(access: Access, mailer: Mailer, vault: Vault): SignInDeps {
  return {
    control: access.control,
    publicOrigin: access.publicOrigin,
    mailer,
    vault,
    codes: createSignInCodes(newId),
    signedIn: (call) => portalSession(access, call.credentials, call.now),
    async embedded(call) {
      const principal = await authenticate(access, { ...call.credentials, sessionCookie: undefined }, call.now)
      if (principal.type !== 'embedSession')
        throw new ProblemError('unauthenticated', 'Only an embed session has this.')
      return principal
    },
  }
}
