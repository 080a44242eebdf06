import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'
import { BROKEN_TOKENS } from './testing/broken-tokens.ts'
import { connectAccount, nonceFor, sendToken, signInWithAccount } from './testing/entra-person.ts'

let api: TestApi
const KNOWN = 'oid-of-ada'
const UNKNOWN = 'oid-of-nobody'

beforeAll(async () => {
  api = await createTestApi()
  const organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  await api.addMember(organization, 'ada@bluebird.example', 'administrator')
  const ada = await signIn(api, 'ada@bluebird.example')
  await ada.addPasskey()
  await ada.stepUp()
  await connectAccount(api, ada, { oid: KNOWN })
})
afterAll(() => api.close())

let tests = 0
beforeEach(() => {
  tests++
  api.network.address = `198.51.${Math.floor(tests / 250)}.${tests % 250}`
})

/** What the answer is made of, but for the request's own name and how many more may follow. */
async function seen(response: Response): Promise<unknown> {
  const headers = [...response.headers].filter(([name]) => name !== 'request-id' && name !== 'ratelimit')
  const body = { ...((await response.json()) as object), requestId: '', instance: '' }
  return { status: response.status, headers, body }
}

async function refusalOf(make: (typeof BROKEN_TOKENS)[number][1], oid: string): Promise<Response> {
  const { nonce, cookie } = await nonceFor(api)
  const { issuer, clock } = api
  const now = Math.floor(clock.now.getTime() / 1000)
  return sendToken(api, make({ issuer, claims: issuer.claims(clock.now, nonce, { oid }), now }), cookie)
}

test('the tokens that these are made from sign in', async () => {
  expect((await signInWithAccount(api, { oid: KNOWN })).status).toBe(201)
})

test.each(BROKEN_TOKENS)('refused like every other, for a known and an unknown account: %s', async (_, make) => {
  const known = await refusalOf(make, KNOWN)
  expect(known.status).toBe(401)
  expect(known.headers.getSetCookie()).toEqual([])
  const answer = await seen(known)
  expect(answer).toEqual(await seen(await refusalOf(() => 'hello', UNKNOWN)))
  expect(answer).toEqual(await seen(await refusalOf(make, UNKNOWN)))
})

test('there are many, and no two are the same', () => {
  const { issuer, clock } = api
  const claims = issuer.claims(clock.now, 'n'.repeat(72))
  const made = BROKEN_TOKENS.map(([, make]) => make({ issuer, claims, now: Math.floor(clock.now.getTime() / 1000) }))
  expect(new Set(made).size).toBe(made.length)
  expect(made.length).toBeGreaterThan(80)
})

test('no account is looked up for a broken token, so nothing can take longer for one that exists', async () => {
  const control = byHand(api.parts.databases.control)
  await control.write((tx) => tx.run(sql`ALTER TABLE user_identities RENAME TO hidden_identities`))
  try {
    for (const [name, make] of BROKEN_TOKENS) {
      api.network.address = `203.0.${Math.floor(++tests / 250)}.${tests % 250}`
      expect((await refusalOf(make, KNOWN)).status, name).toBe(401)
    }
    expect((await signInWithAccount(api, { oid: KNOWN })).status).toBe(500)
  } finally {
    await control.write((tx) => tx.run(sql`ALTER TABLE hidden_identities RENAME TO user_identities`))
  }
})
