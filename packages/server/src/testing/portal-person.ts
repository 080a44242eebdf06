import { codeAt, stepOf } from '../second-factors/totp.ts'
import { type Sent, TEST_ORIGIN, type TestApi } from './api.ts'
import { softwarePasskey } from './software-passkey.ts'

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
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { options: { challenge: string } }).options.challenge
  }

  /** Goes on with the new cookie when the answer brings one. */
  async function goOn(response: Response): Promise<Response> {
    if (!response.ok) return response
    cookies.session = cookieOf(response, '__Host-fw_session')
    antiForgery = ((await response.clone().json()) as { antiForgeryToken: string }).antiForgeryToken
    return response
  }
  const confirmApp = async (secret: string) =>
    goOn(await send('POST', '/v1/session/authenticator-app', { body: { code: codeNow(api, secret) } }))
  const prove = async (body: unknown) => goOn(await send('POST', '/v1/session/step-up', { body }))
  async function authenticatorSecret(): Promise<string> {
    const response = await send('POST', '/v1/session/authenticator-app/seeds')
    return ((await response.json()) as { secret: string }).secret
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
    answer: (credential: unknown) => prove({ credential }),
    /** Confirms with a passkey's answer, a code of the app, or a recovery code. */
    prove,
    /** Begins with an authenticator app. @returns its seed as text */
    authenticatorSecret,
    /** Takes the app with this seed into use. */
    confirmApp,
    async addAuthenticatorApp(): Promise<string> {
      const secret = await authenticatorSecret()
      await confirmApp(secret)
      return secret
    },
    async stepUp(key = passkey): Promise<Response> {
      return this.answer(key.get(await challengeOf('/v1/session/step-up/challenges')))
    },
  }
}

/** What an app with this seed shows at the test's time. @param steps of 30 seconds from now */
export function codeNow(api: TestApi, secret: string, steps = 0): string {
  return codeAt(seedOf(secret), stepOf(api.clock.now) + steps)
}

/** The bytes that base32 stands for. */
export function seedOf(secret: string): Uint8Array {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function cookieOf(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`)) ?? ''
  return line.split(';')[0] ?? ''
}
