import { TEST_ORIGIN, type TestApi } from '../../testing/api.ts'
import type { signIn } from '../../testing/portal-person.ts'
import type { Json } from './test-issuer.ts'

type Person = Awaited<ReturnType<typeof signIn>>
export const OURS = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }

/** The sign-in page's first question: a nonce, and the cookie it is bound to. */
export async function nonceFor(api: TestApi, cookie?: string): Promise<{ nonce: string; cookie: string }> {
  const headers = { ...OURS, ...(cookie === undefined ? {} : { Cookie: cookie }) }
  const response = await api.send('GET', '/v1/sign-in/methods', { headers })
  const { entra } = (await response.json()) as { entra: { nonce: string } }
  return { nonce: entra.nonce, cookie: signInCookieOf(response) }
}

/** Sends a token as the sign-in page does. */
export function sendToken(api: TestApi, token: string, cookie: string): Promise<Response> {
  return api.send('POST', '/v1/sign-in/entra', { headers: { ...OURS, Cookie: cookie }, body: { token } })
}

/** Signs in with an account of the provider, in a browser of its own. */
export async function signInWithAccount(api: TestApi, changes: Json): Promise<Response> {
  const { nonce, cookie } = await nonceFor(api)
  return sendToken(api, api.issuer.token(api.issuer.claims(api.clock.now, nonce, changes)), cookie)
}

/** A token for connecting an account with a person who has proven that it is they. */
export async function tokenToConnect(api: TestApi, person: Person, changes: Json) {
  const begun = await person.send('POST', '/v1/session/identities/challenges')
  const { nonce } = (await begun.clone().json()) as { nonce: string }
  return { token: api.issuer.token(api.issuer.claims(api.clock.now, nonce, changes)), cookie: signInCookieOf(begun) }
}

export async function connectAccount(api: TestApi, person: Person, changes: Json): Promise<{ id: string }> {
  const { token, cookie } = await tokenToConnect(api, person, changes)
  const headers = { Cookie: `${person.cookie}; ${cookie}` }
  const response = await person.send('POST', '/v1/session/identities', { headers, body: { token } })
  if (response.status !== 201) throw new Error(`the account was not connected: ${await response.text()}`)
  return (await response.json()) as { id: string }
}

export function signInCookieOf(response: Response): string {
  const line = response.headers.getSetCookie().find((each) => each.startsWith('__Host-fw_sign_in=')) ?? ''
  return line.split(';')[0] ?? ''
}
