import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

let api: TestApi
let organization: string
let platformId: string
let count = 0

beforeAll(async () => {
  api = await createTestApi()
  platformId = (await api.addPlatform('Tidewater')).platformId
  organization = await api.addOrganization(platformId, 'Bakery')
})
afterAll(() => api.close())

async function member(email: string, role: 'owner' | 'administrator') {
  const id = await api.addMember(organization, email, role)
  api.network.address = `198.51.100.${++count}`
  const person = await signIn(api, email)
  await person.addPasskey()
  await person.stepUp()
  return { id, person }
}

/** A request whose body is asked for, and comes when the test says so. */
function slowly(path: string, body: object, headers: Record<string, string>) {
  const text = JSON.stringify(body)
  const [asked, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const stream = new ReadableStream(
    {
      async pull(controller) {
        asked.resolve()
        await go.promise
        controller.enqueue(new TextEncoder().encode(text))
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const all = { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(text.length) }
  const init = { method: 'POST', headers: all, body: stream, duplex: 'half' } as RequestInit
  return { asked: asked.promise, go: go.resolve, answer: api.fetch(new Request(`${TEST_ORIGIN}${path}`, init)) }
}

test('who was removed while a body was still on its way has changed nothing with it', async () => {
  const { person: olive } = await member('olive@bakery.example', 'owner')
  const { id, person: carl } = await member('carl@bakery.example', 'administrator')
  const session = (await (await carl.send('GET', '/v1/session')).json()) as { antiForgeryToken: string }
  const slow = slowly(
    '/v1/api-keys',
    { name: 'For later', scopes: ['recipients:read'] },
    {
      Origin: TEST_ORIGIN,
      'Sec-Fetch-Site': 'same-origin',
      Cookie: carl.cookie,
      'FISTWorks-Anti-Forgery': session.antiForgeryToken,
      'FISTWorks-Organization': organization,
    },
  )
  await slow.asked
  expect((await olive.send('POST', `/v1/members/${id}/remove`, { organization })).status).toBe(204)
  slow.go()
  expect((await slow.answer).status).toBe(401)
  const keys = (await (await olive.send('GET', '/v1/api-keys', { organization })).json()) as { data: unknown[] }
  expect(keys.data).toEqual([])
})

test('a key that was revoked while a body was still on its way has changed nothing with it', async () => {
  const key = await api.addKey({ organizationId: organization }, ['recipients:read', 'recipients:write'])
  const { person: owner } = await member('oscar@bakery.example', 'owner')
  const listed = (await (await owner.send('GET', '/v1/api-keys', { organization })).json()) as {
    data: { id: string }[]
  }
  const account = { accountType: 'checking', routingNumber: '091000019', accountNumber: '880012345671' }
  const body = { name: 'Jane Roe', holderType: 'individual', ...account }
  const headers = { Authorization: `Bearer ${key}`, 'Idempotency-Key': 'late' }
  const slow = slowly('/v1/recipients', body, headers)
  await slow.asked
  const revoked = await owner.send('POST', `/v1/api-keys/${listed.data[0]?.id}/revoke`, { organization })
  expect(revoked.status).toBe(200)
  slow.go()
  expect((await slow.answer).status).toBe(401)
})
