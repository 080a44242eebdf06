import type { EntraChallenge } from '@fistworks/contract'
import { NavigationClient, ProtocolMode, PublicClientApplication } from '@azure/msal-browser'
import { PROVIDER_PATH } from './errand.ts'

/** Takes the place of this page in the history, so that Back leads to where the person was before. */
class Replacing extends NavigationClient {
  override navigateExternal(url: string): Promise<boolean> {
    location.replace(url)
    return new Promise<boolean>(() => {})
  }
}

/** Leaves for the identity provider. Resolves never: the page is gone. */
export async function goToProvider(challenge: EntraChallenge): Promise<void> {
  forget()
  const msal = await open(challenge)
  const { scopes, nonce } = challenge
  await msal.loginRedirect({ scopes, nonce, prompt: 'select_account' })
}

/**
 * The ID token for the answer that the provider sent along. Afterwards nothing of it is left in this browser.
 * @param answer what stood after the # of the address
 * @throws AuthError
 */
export async function tokenFor(challenge: EntraChallenge, answer: string): Promise<string | null> {
  try {
    const msal = await open(challenge)
    const result = await msal.handleRedirectPromise({ hash: answer, navigateToLoginRequestUrl: false })
    return result?.idToken ?? null
  } finally {
    forget()
  }
}

async function open({ authority, clientId, scopes }: EntraChallenge): Promise<PublicClientApplication> {
  const msal = new PublicClientApplication({
    auth: {
      clientId,
      authority,
      knownAuthorities: [new URL(authority).host],
      redirectUri: `${location.origin}${PROVIDER_PATH}`,
      // Without offline_access, which MSAL asks for by itself: nothing here needs a refresh token.
      OIDCOptions: { responseMode: 'fragment', defaultScopes: scopes },
    },
    // A redirect is not offered with memory alone; what is kept is taken away when the answer was looked at.
    cache: { cacheLocation: 'sessionStorage' },
    system: { protocolMode: ProtocolMode.OIDC, navigationClient: new Replacing() },
  })
  await msal.initialize()
  return msal
}

/** What a sign-in that was broken off left behind would keep the next one from starting. */
function forget(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('msal.')) sessionStorage.removeItem(key)
}
