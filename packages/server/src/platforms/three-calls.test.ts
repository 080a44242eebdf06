import { FISTWorks } from '@fistworks/sdk'
import { expect, onTestFinished, test } from 'vitest'
import { createTestApi, TEST_ORIGIN } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

test('a platform, its first key and its first company are three calls of the SDK', async () => {
  const api = await createTestApi()
  onTestFinished(() => api.close())
  const { platformId } = await api.addPlatform('Elsewhere')
  await api.addMember(await api.addOrganization(platformId, 'Other'), 'bea@ledgerly.example', 'viewer')
  const bea = await signIn(api, 'bea@ledgerly.example')
  await bea.addPasskey()
  await bea.stepUp()
  const portal = new FISTWorks({
    credentials: 'include',
    baseUrl: TEST_ORIGIN,
    async fetch(input, init) {
      const request = new Request(input, init)
      const headers = Object.fromEntries(request.headers)
      return bea.send(request.method, new URL(request.url).pathname, { headers, body: await request.json() })
    },
  })
  const platform = await portal.platforms.create({ name: 'Ledgerly' })
  const key = await portal.apiKeys.create(
    { name: 'Back end', scopes: ['organizations:read', 'organizations:write'] },
    { platform: platform.id },
  )
  const fetch: typeof globalThis.fetch = (input, init) => api.fetch(new Request(input, init))
  const fist = new FISTWorks({ apiKey: key.secret, baseUrl: TEST_ORIGIN, fetch })
  const company = await fist.organizations.create({ name: 'First customer' })
  expect((await fist.organizations.list()).data.map(({ id }) => id)).toEqual([company.id])
})
