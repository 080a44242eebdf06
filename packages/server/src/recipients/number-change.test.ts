import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

let api: TestApi
let organization: string
let key: string
let recipient: string
let people = 0

beforeAll(async () => {
  api = await createTestApi()
  const platform = await api.addPlatform('Tidewater')
  organization = await api.addOrganization(platform.platformId, 'Bakery')
  key = platform.apiKey
})
afterAll(() => api.close())
beforeEach(async () => {
  api.network.address = `192.0.2.${++people}`
  const body = {
    name: 'Jane Roe',
    holderType: 'individual',
    accountType: 'checking',
    routingNumber: '091000019',
    accountNumber: `88001234567${people}`,
  }
  const made = await api.send('POST', '/v1/recipients', { key, organization, body })
  recipient = ((await made.json()) as { id: string }).id
})

async function preparer() {
  const email = `pat${people}@bluebird.example`
  await api.addMember(organization, email, 'preparer')
  return signIn(api, email)
}
const path = () => `/v1/recipients/${recipient}`

test.each([
  ['the numbers', { routingNumber: '121042882', accountNumber: '99887766554' }],
  ['the numbers beside a name', { name: 'Jane Row', routingNumber: '121042882', accountNumber: '99887766553' }],
])('a person changes %s only with a fresh proof', async (_, body) => {
  const pat = await preparer()
  const refused = await pat.send('PATCH', path(), { organization, body })
  expect(refused.status).toBe(403)
  expect(await refused.json()).toMatchObject({ code: 'step-up-required' })
  await pat.addPasskey()
  await pat.stepUp()
  expect((await pat.send('PATCH', path(), { organization, body })).status).toBe(200)
})

test.each([{ accountNumber: '99887766554' }, { routingNumber: '121042882' }])(
  '%j alone asks for it as well',
  async (body) => {
    const pat = await preparer()
    const refused = await pat.send('PATCH', path(), { organization, body })
    expect(await refused.json()).toMatchObject({ code: 'step-up-required' })
  },
)

test('a person changes a name without one', async () => {
  const pat = await preparer()
  expect((await pat.send('PATCH', path(), { organization, body: { name: 'Jane Row' } })).status).toBe(200)
})

test('a key changes numbers under the responsibility of its platform', async () => {
  const sent = { key, organization, body: { accountNumber: '99887766554', routingNumber: '091000019' } }
  expect((await api.send('PATCH', path(), sent)).status).toBe(200)
})
