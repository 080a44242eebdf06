import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { FISTWorks } from './client.ts'
import { FISTWorksError } from './error.ts'
import type { FISTWorksOptions, RequestOptions } from './options.ts'
import { type Answer, localServer, problem, type Received } from './testing/local-server.ts'

const apiKey = 'fw_test_sk_VerySecretKey'
const token = 'fw_ems_VerySecretToken'
const antiForgery = 'VerySecretAntiForgery'
const recipient = {
  name: 'VerySecretName',
  holderType: 'individual',
  routingNumber: '021000021',
  accountNumber: '98765432101234567',
  accountType: 'checking',
} as const
const SECRETS = [/VerySecret/, /021000021/, /98765432101234567/]

/** Everything that anybody could print of a thing. */
function printed(thing: unknown): string {
  const deep = inspect(thing, { showHidden: true, depth: Infinity, getters: true })
  const own = thing instanceof Error ? [thing.stack, thing.message, inspect(thing.cause)] : []
  return [String(thing), deep, format('%o %j', thing, thing), JSON.stringify(thing), ...own].join('\n')
}

function expectNoSecret(thing: unknown): void {
  for (const secret of SECRETS) expect(printed(thing)).not.toMatch(secret)
}

/** A proxy that talks too much: it gives back the whole request. */
function echo(status: number, contentType: string) {
  return ({ method, url, headers, body }: Received): Answer => ({
    status,
    headers: { 'Content-Type': contentType },
    text: JSON.stringify({ method, url, headers, body }),
  })
}

const ways: [string, FISTWorksOptions][] = [
  ['an API key', { apiKey }],
  ['a session token', { fetchSessionToken: async () => token }],
  ['a cookie session', { credentials: 'include', antiForgeryToken: () => antiForgery }],
]
const failures: [string, Answer[] | ((request: Received) => Answer), (() => RequestOptions)?][] = [
  ['a problem', [problem(422, 'validation-failed')]],
  ['a refused credential', [problem(401, 'unauthenticated')]],
  ['an echo as text', echo(400, 'text/plain')],
  ['an echo as JSON', echo(400, 'application/json')],
  ['an echo as a success', (request) => ({ text: `${JSON.stringify(request)}!` })],
  ['a lost connection', ['reset'], () => ({ maxRetries: 1 })],
  ['a cut answer', ['cutOff'], () => ({ maxRetries: 0 })],
  ['a redirect', [{ status: 302, headers: { Location: '/elsewhere' } }]],
  ['no answer', ['hang'], () => ({ timeoutMs: 100 })],
  ['an aborted call', ['hang'], () => ({ signal: AbortSignal.timeout(50) })],
  ['a header that is none', ['hang'], () => ({ organization: 'VerySecret\nName' })],
]

for (const [way, options] of ways) {
  test.each(failures)(`with ${way}, %s prints no secret`, async (_, answers, makeOptions) => {
    const { baseUrl } = await localServer(answers)
    const requestOptions = makeOptions?.()
    const fist = new FISTWorks({ ...options, baseUrl })
    const calls = [
      fist.recipients.create(recipient, requestOptions),
      fist.recipients.list({ search: 'VerySecretName' }, requestOptions),
    ]
    for (const call of calls) {
      const error = await Promise.resolve(call).catch((thrown: unknown) => thrown)
      if (!(error instanceof FISTWorksError)) throw new Error(`not one of ours: ${inspect(error)}`)
      expectNoSecret(error)
    }
    expectNoSecret([fist, fist.recipients, fist.recipients.list({ search: 'VerySecretName' })])
  })
}

test.each<[string, FISTWorksOptions]>([
  ['a key copied with a line break', { apiKey: `${apiKey}\n`, baseUrl: 'https://api.example.com' }],
  ['an address with a password', { apiKey, baseUrl: 'https://user:VerySecretPassword@api.example.com' }],
  ['an address that is a key', { apiKey, baseUrl: apiKey }],
])('%s is refused without being printed', (_, options) => {
  let error: unknown
  try {
    new FISTWorks(options)
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(FISTWorksError)
  expectNoSecret(error)
})

test('what fetchSessionToken threw is there for the program, and not printed', async () => {
  const fetchSessionToken = () => Promise.reject(new Error(`POST /session with ${token} failed`))
  const fist = new FISTWorks({ fetchSessionToken, baseUrl: 'http://127.0.0.1:9' })
  const error = await fist.recipients.retrieve('rcp_1').catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(FISTWorksError)
  for (const text of [String(error), inspect(error, { showHidden: true }), JSON.stringify(error)]) {
    expect(text).not.toMatch(/VerySecret/)
  }
})

test('a client prints where it speaks to, and how it proves who it is', () => {
  const fist = new FISTWorks({ apiKey, baseUrl: 'https://api.example.com', organization: 'org_1' })
  expect(JSON.parse(JSON.stringify(fist))).toEqual({
    baseUrl: 'https://api.example.com',
    credentials: 'apiKey',
    organization: 'org_1',
  })
})
