import { softwarePasskey } from './software-passkey.ts'
import { type Sent, TEST_ORIGIN, type TestApi } from './api.ts'

const OURS = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin' }

/** Somebody at the portal: signs in with a mailed code, and confirms with a passkey of their own. */
export async function signIn(api: TestApi, email: string) {
  const asked = await api.send('POST', '/v1/sign-in/codes', { headers: OURS, body: { email } })
  const code = /\b\d{8}\b/.exec(api.mailbox.list()[0]?.text ?? '')?.[0]
  const cookies = { signIn: cookieOf(asked, '__Host-fw_sign_in'), session: '' }
  const body = { email, code }
  const opened = await api.send('POST', '/v1/sign-in/sessions', { headers: { ...OURS, Cookie: cookies.signIn }, body })
  cookies.session = cookieOf(opened, '__Host-fw_session')
  let antiForgery = ((await opened.json()) as { antiForgeryToken: string }).antiForgeryToken
  const passkey = softwarePasskey(TEST_ORIGIN)

  const send = (method: string, path: string, sent: Sent = {}) => {
    const headers = { ...OURS, Cookie: cookies.session, 'FISTWorks-Anti-Forgery': antiForgery, ...sent.headers }
    return api.send(method, path, { ...sent, ...(method === 'GET' ? {} : { body: sent.body ?? {} }), headers })
  }
  async function challengeOf(path: string): Promise<string> {
    const response = await send('POST', path)
    return ((await response.json()) as { options: { challenge: string } }).options.challenge
  }

  return {
    send,
    passkey,
    challengeOf,
    get cookie() {
      return cookies.session
    },
    async addPasskey(name = 'Laptop', key = passkey): Promise<Response> {
      const credential = key.create(await challengeOf('/v1/session/passkeys/challenges'))
      return send('POST', '/v1/session/passkeys', { body: { name, credential } })
    },
    /** Goes on with the new cookie when the answer brings one. */
    async answer(credential: unknown): Promise<Response> {
      const response = await send('POST', '/v1/session/step-up', { body: { credential } })
      if (!response.ok) return response
      cookies.session = cookieOf(response, '__Host-fw_session')
      antiForgery = ((await response.clone().json()) as { antiForgeryToken: string }).antiForgeryToken
      return response
    },
    async stepUp(key = passkey): Promise<Response> {
      return this.answer(key.get(await challengeOf('/v1/session/step-up/challenges')))
    },
  }
}

function cookieOf(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`)) ?? ''
  return line.split(';')[0] ?? ''
}
