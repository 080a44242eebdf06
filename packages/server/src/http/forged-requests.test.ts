import { HEADERS } from '@fistworks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'
import type { Operation } from './operation.ts'

let api: TestApi
let organization: string
let cookie: string
let token: string
let requests = 0

beforeAll(async () => {
  api = await createTestApi()
  organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  await api.addMember(organization, 'ada@bluebird.example', 'administrator')
  const ada = await signIn(api, 'ada@bluebird.example')
  cookie = ada.cookie
  token = ((await (await ada.send('GET', '/v1/session')).json()) as { antiForgeryToken: string }).antiForgeryToken
})
afterAll(() => api.close())

const TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/csp-report',
]
const SITES = [undefined, 'same-origin', 'same-site', 'cross-site', 'none', 'Same-Origin', '']
const ORIGINS = [
  undefined,
  TEST_ORIGIN,
  `${TEST_ORIGIN}.evil.example`,
  'https://evil.example',
  'null',
  `${TEST_ORIGIN}/`,
  'http://localhost:4401',
]
/** What a page of ours sends, and the browser says so. */
const isOurs = (site: string | undefined, origin: string | undefined) =>
  site === undefined ? origin === TEST_ORIGIN : site === 'same-origin'

async function codeOf(
  operation: Operation,
  sent: { type: string; site: string | undefined; origin: string | undefined; token?: string | undefined },
) {
  api.network.address = `198.51.${(++requests >> 8) & 255}.${requests & 255}`
  const headers: Record<string, string> = {
    Cookie: cookie,
    'Content-Type': sent.type,
    [HEADERS.organization]: organization,
  }
  if (sent.site !== undefined) headers['Sec-Fetch-Site'] = sent.site
  if (sent.origin !== undefined) headers['Origin'] = sent.origin
  if (sent.token !== undefined) headers[HEADERS.antiForgery] = sent.token
  const path = operation.path.replace('{id}', 'rcp_01m7yrd1hcechv6nb2ne0f5e99')
  const response = await api.send(operation.method.toUpperCase(), path, { headers, body: '{"email":' })
  const { code } = (await response.json()) as { code: string }
  return code
}

const unsafe = () => api.operations.filter(({ method }) => method !== 'get')
const isSignIn = ({ path }: Operation) => path.startsWith('/v1/sign-in/')

test('whatever a page of somebody else sends with our cookie, in every form a browser can send without asking, is refused', async () => {
  expect(unsafe().length).toBeGreaterThan(30)
  for (const operation of unsafe()) {
    for (const type of TYPES) {
      for (const [site, origin] of [
        ['cross-site', 'https://evil.example'],
        ['same-site', TEST_ORIGIN],
        ['none', undefined],
        [undefined, 'null'],
        [undefined, undefined],
      ] as const) {
        const what = `${operation.id} ${type} ${site} ${origin}`
        expect(await codeOf(operation, { type, site, origin, token }), what).toBe('forged-request')
      }
    }
  }
}, 60_000)

test('each combination of type, site and origin is let through exactly when the browser says it is a page of ours', async () => {
  const sample = unsafe().filter(({ id }) =>
    ['recipients.create', 'portalSession.end', 'signIn.requestCode'].includes(id),
  )
  expect(sample).toHaveLength(3)
  for (const operation of sample) {
    for (const type of TYPES) {
      for (const site of SITES) {
        for (const origin of ORIGINS) {
          const code = await codeOf(operation, { type, site, origin, token: isSignIn(operation) ? undefined : token })
          const what = `${operation.id} ${type} ${site} ${origin}`
          if (isOurs(site, origin)) expect(code, what).not.toBe('forged-request')
          else expect(code, what).toBe('forged-request')
        }
      }
    }
  }
}, 60_000)

test('a page of ours needs the token of this very session for each change', async () => {
  const own = { type: 'application/json', site: 'same-origin', origin: TEST_ORIGIN }
  const changed = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const operation of unsafe().filter((each) => !isSignIn(each) && each.effect !== 'session')) {
    for (const wrong of [undefined, '', changed, token.slice(1), `${token}${token}`]) {
      expect(await codeOf(operation, { ...own, token: wrong }), operation.id).toBe('forged-request')
    }
  }
}, 60_000)

test('no body of another type is read, from whatever page', async () => {
  const [create] = api.operations.filter(({ id }) => id === 'recipients.create')
  for (const type of TYPES.slice(1)) {
    if (type.startsWith('application/json')) continue
    const sent = { type, site: 'same-origin', origin: TEST_ORIGIN, token }
    expect(await codeOf(create as Operation, sent)).toBe('unsupported-media-type')
  }
})
