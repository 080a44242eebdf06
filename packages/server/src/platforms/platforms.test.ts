import type { EmbedSessionState, Platform, PlatformAdministrator, PortalSession } from '@fistworks/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../limits.ts'
import { createTestApi, type Sent, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

type Person = Awaited<ReturnType<typeof signIn>>
let api: TestApi
let organization: string
let count = 0

beforeAll(async () => {
  api = await createTestApi()
  organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
})
afterAll(() => api.close())

/** Somebody with a fresh proof who looks after nothing yet. */
async function somebody(email = `somebody${++count}@ledgerly.example`): Promise<Person & { email: string }> {
  await api.addMember(organization, email, 'viewer')
  api.network.address = `198.51.100.${++count % 250}`
  const person = await signIn(api, email)
  await person.addPasskey()
  await person.stepUp()
  return { ...person, email }
}

interface Answer {
  status: number
  body: Record<string, unknown> & { id: string; code?: string; detail?: string; errors?: { pointer: string }[] }
}
async function call(who: Person, method: string, path: string, sent: Partial<Sent> = {}): Promise<Answer> {
  const response = await who.send(method, path, { ...sent, headers: { 'Idempotency-Key': `k${++count}` } })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) } as Answer
}
const create = async (who: Person, more: object = {}) =>
  (await call(who, 'POST', '/v1/platforms', { body: { name: 'Ledgerly', ...more } })).body as unknown as Platform

async function administrators(who: Person, id: string): Promise<PlatformAdministrator[]> {
  const { body } = await call(who, 'GET', `/v1/platforms/${id}/administrators`, { platform: id })
  return (body as unknown as { data: PlatformAdministrator[] }).data
}

test('whoever creates a platform looks after it: its key adds a company, and both are seen', async () => {
  const bea = await somebody()
  const platform = await create(bea, { allowedOrigins: ['https://app.ledgerly.example'] })
  expect(platform).toMatchObject({ name: 'Ledgerly', allowedOrigins: ['https://app.ledgerly.example'] })
  const place = { platform: platform.id }
  const key = await call(bea, 'POST', '/v1/api-keys', {
    ...place,
    body: { name: 'Back end', scopes: ['organizations:read', 'organizations:write'] },
  })
  const made = await api.send('POST', '/v1/organizations', {
    key: String(key.body['secret']),
    body: { name: 'Mill' },
    headers: { 'Idempotency-Key': 'mill' },
  })
  const { id } = (await made.json()) as { id: string }
  const seen = (await call(bea, 'GET', '/v1/organizations', place)).body as unknown as { data: { id: string }[] }
  expect(seen.data.map((one) => one.id)).toEqual([id])
  const byHand = await call(bea, 'POST', '/v1/organizations', { ...place, body: { name: 'Forge' } })
  expect(byHand.status).toBe(201)
  const session = (await call(bea, 'GET', '/v1/session')).body as unknown as PortalSession
  expect(session.platforms.map((one) => one.id)).toEqual([platform.id])
  const { body } = await call(bea, 'GET', `/v1/platforms/${platform.id}/audit-events`, place)
  const actions = (body as unknown as { data: { action: string }[] }).data.map(({ action }) => action)
  expect(actions).toEqual(['organization.created', 'organization.created', 'apiKey.created', 'platform.created'])
})

test('one person begins five platforms and no more, also at the same time', async () => {
  const bea = await somebody()
  const begin = () => call(bea, 'POST', '/v1/platforms', { body: { name: 'Ledgerly' } })
  const all = await Promise.all(Array.from({ length: LIMITS.platformsPerPerson + 2 }, begin))
  const statuses = all.map(({ status }) => status).sort((a, b) => a - b)
  expect(statuses).toEqual([...Array.from({ length: LIMITS.platformsPerPerson }, () => 201), 422, 422])
})

test('a platform of others is told of as one that never was', async () => {
  const [bea, cy] = [await somebody(), await somebody()]
  const { id } = await create(bea)
  const never = `plt_${'0'.repeat(26)}`
  const own = (await create(cy)).id
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['PATCH', '', { name: 'Taken' }],
    ['GET', '/audit-events', undefined],
    ['GET', '/administrators', undefined],
    ['POST', '/administrators', { email: 'cy@ledgerly.example' }],
    ['POST', '/administrators/remove', { email: bea.email }],
    ['POST', '/accept', {}],
  ] as const) {
    for (const place of [{ platform: own }, { platform: id }]) {
      const foreign = await call(cy, method, `/v1/platforms/${id}${path}`, { ...place, body })
      const asked = place.platform === id ? { platform: never } : place
      const unknown = await call(cy, method, `/v1/platforms/${never}${path}`, { ...asked, body })
      expect([path, foreign.status, foreign.body.detail]).toEqual([path, 404, unknown.body.detail])
    }
  }
  expect((await call(bea, 'GET', `/v1/platforms/${id}`)).body).toMatchObject({ name: 'Ledgerly' })
})

test('a person names an organization or a platform, not both', async () => {
  const bea = await somebody()
  const { id } = await create(bea)
  const both = await call(bea, 'GET', '/v1/organizations', { platform: id, organization })
  expect(both.body.code).toBe('validation-failed')
  const tenant = await call(bea, 'GET', '/v1/recipients', { platform: id })
  expect(tenant.body.code).toBe('forbidden')
})

test('a key names its own platform or none', async () => {
  const { platformId, apiKey } = await api.addPlatform('Mine')
  const foreign = (await api.addPlatform('Theirs')).platformId
  const get = (platform: string) => api.send('GET', '/v1/organizations', { key: apiKey, platform })
  expect([(await get(platformId)).status, (await get(foreign)).status]).toEqual([200, 404])
  const own = await api.send('GET', '/v1/platforms', { key: apiKey })
  expect(((await own.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual([platformId])
})

test('another administrator is asked by address, and whether it is known makes no difference', async () => {
  const [bea, cy] = [await somebody(), await somebody()]
  const { id } = await create(bea)
  const invite = (email: string) =>
    call(bea, 'POST', `/v1/platforms/${id}/administrators`, { platform: id, body: { email } })
  const [known, unknown] = [await invite(cy.email.toUpperCase()), await invite('nobody@nowhere.example')]
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  const asked = (await administrators(bea, id)).filter(({ userId }) => userId === null)
  expect(asked.map(({ name, invitationExpiresAt }) => [name, invitationExpiresAt])).toEqual([
    [null, asked[0]?.invitationExpiresAt],
    [null, asked[0]?.invitationExpiresAt],
  ])
  expect((await call(cy, 'GET', '/v1/organizations', { platform: id })).status).toBe(404)
  const session = (await call(cy, 'GET', '/v1/session')).body as unknown as PortalSession
  expect(session.platformInvitations).toEqual([{ id, name: 'Ledgerly' }])
  expect((await call(cy, 'POST', `/v1/platforms/${id}/accept`)).status).toBe(200)
  expect((await call(cy, 'GET', '/v1/organizations', { platform: id })).status).toBe(200)
  expect((await call(cy, 'POST', `/v1/platforms/${id}/accept`)).status).toBe(404)
  for (const worker of api.parts.workers) while (await worker.runOnce());
  const mails = api.mailbox.list().filter(({ subject }) => subject.includes('Ledgerly'))
  expect(mails.map(({ to }) => to.toLowerCase()).sort()).toEqual([cy.email, 'nobody@nowhere.example'].sort())
})

test('an invitation is open for seven days, and is no one else’s to accept', async () => {
  const [bea, cy, dan] = [await somebody(), await somebody(), await somebody()]
  const { id } = await create(bea)
  const body = { email: cy.email }
  await call(bea, 'POST', `/v1/platforms/${id}/administrators`, { platform: id, body })
  expect((await call(dan, 'POST', `/v1/platforms/${id}/accept`)).status).toBe(404)
  api.clock.now = new Date(api.clock.now.getTime() + LIMITS.platformInvitationDays * 86_400_000)
  api.network.address = '198.51.100.251'
  const later = await signIn(api, cy.email)
  await later.stepUp(cy.passkey)
  expect((await call(later, 'POST', `/v1/platforms/${id}/accept`)).status).toBe(404)
})

test('who is taken away has no say at once; the last one stays', async () => {
  const [bea, cy] = [await somebody(), await somebody()]
  const { id } = await create(bea)
  const place = { platform: id }
  await call(bea, 'POST', `/v1/platforms/${id}/administrators`, { ...place, body: { email: cy.email } })
  await call(cy, 'POST', `/v1/platforms/${id}/accept`)
  const remove = (who: Person, email: string) =>
    call(who, 'POST', `/v1/platforms/${id}/administrators/remove`, { ...place, body: { email } })
  expect((await remove(bea, cy.email.toUpperCase())).status).toBe(204)
  expect((await call(cy, 'GET', `/v1/platforms/${id}`, place)).status).toBe(404)
  expect((await remove(bea, bea.email)).body.code).toBe('state-conflict')
  expect((await administrators(bea, id)).map(({ email }) => email)).toEqual([bea.email])
})

test('whom somebody asked who was taken away has to be asked anew', async () => {
  const [bea, cy, dan] = [await somebody(), await somebody(), await somebody()]
  const { id } = await create(bea)
  const ask = (who: Person, path: string, email: string) =>
    call(who, 'POST', `/v1/platforms/${id}/administrators${path}`, { platform: id, body: { email } })
  await ask(bea, '', cy.email)
  await call(cy, 'POST', `/v1/platforms/${id}/accept`)
  await ask(cy, '', dan.email)
  expect((await ask(bea, '/remove', cy.email)).status).toBe(204)
  expect((await call(dan, 'POST', `/v1/platforms/${id}/accept`)).status).toBe(404)
})

test('somebody who was never here signs in with the address that was asked, and accepts', async () => {
  const bea = await somebody()
  const { id } = await create(bea)
  const email = `new${++count}@ledgerly.example`
  await call(bea, 'POST', `/v1/platforms/${id}/administrators`, { platform: id, body: { email } })
  api.network.address = `198.51.100.${++count % 250}`
  const eve = await signIn(api, email)
  await eve.addPasskey()
  await eve.stepUp()
  expect((await call(eve, 'POST', `/v1/platforms/${id}/accept`)).status).toBe(200)
})

test('two administrators who take each other away at the same time leave one', async () => {
  const [bea, cy] = [await somebody(), await somebody()]
  const { id } = await create(bea)
  const place = { platform: id }
  await call(bea, 'POST', `/v1/platforms/${id}/administrators`, { ...place, body: { email: cy.email } })
  await call(cy, 'POST', `/v1/platforms/${id}/accept`)
  const remove = (who: Person, email: string) =>
    call(who, 'POST', `/v1/platforms/${id}/administrators/remove`, { ...place, body: { email } })
  const both = await Promise.all([remove(bea, cy.email), remove(cy, bea.email)])
  expect(both.filter(({ status }) => status === 204).length).toBe(1)
})

test('embed sessions are made for the origins of the platform only, when it has any', async () => {
  const { platformId, apiKey } = await api.addPlatform('Origins')
  const company = await api.addOrganization(platformId, 'Smith')
  const { platformWriter } = await import('./store.ts')
  const session = async (...allowedOrigins: string[]) => {
    const body = { endUser: { externalId: 'u', name: 'U' }, components: { recipients: {} }, allowedOrigins }
    const response = await api.send('POST', '/v1/embed-sessions', { key: apiKey, organization: company, body })
    return { status: response.status, body: (await response.json()) as { errors?: { pointer: string }[] } }
  }
  expect((await session('https://anywhere.example')).status).toBe(201)
  await api.parts.databases.control.write((tx) =>
    platformWriter(tx).change(platformId, { allowedOrigins: ['https://app.smith.example'] }),
  )
  expect((await session('https://app.smith.example')).status).toBe(201)
  for (const origin of ['https://anywhere.example', 'https://app.smith.example:444', 'https://smith.example']) {
    const refused = await session('https://app.smith.example', origin)
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, '/allowedOrigins/1'])
  }
})

test('an accent that white text cannot be read on is refused, with its contrast', async () => {
  const bea = await somebody()
  const { id } = await create(bea)
  const paint = (accentColor: string | null) =>
    call(bea, 'PATCH', `/v1/platforms/${id}`, {
      platform: id,
      body: { branding: { displayName: 'Ledgerly Pay', accentColor } },
    })
  expect((await paint('#0b5fff')).body['branding']).toEqual({ displayName: 'Ledgerly Pay', accentColor: '#0b5fff' })
  const light = await paint('#ffee00')
  expect([light.status, light.body.errors?.[0]?.pointer]).toEqual([422, '/branding/accentColor'])
  expect(light.body.detail).toContain('1.2')
  expect((await paint('https://ledgerly.example/logo.svg')).status).toBe(422)
  expect((await call(bea, 'PATCH', `/v1/platforms/${id}`, { platform: id, body: {} })).status).toBe(422)
})

test('our frame is told the display name and the color, and the name where there is none', async () => {
  const bea = await somebody()
  const { id } = await create(bea)
  const place = { platform: id }
  const scopes = ['organizations:write', 'embed-sessions:write', 'recipients:read']
  const made = await call(bea, 'POST', '/v1/api-keys', { ...place, body: { name: 'Back end', scopes } })
  const key = String(made.body['secret'])
  const company = await call(bea, 'POST', '/v1/organizations', { ...place, body: { name: 'Mill' } })
  const page = 'https://app.ledgerly.example'
  const opened = await api.send('POST', '/v1/embed-sessions', {
    key,
    organization: company.body.id,
    body: { endUser: { externalId: 'maya', name: 'Maya' }, components: { recipients: {} }, allowedOrigins: [page] },
  })
  const { token } = (await opened.json()) as { token: string }
  const told = async () => {
    const headers = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin', 'FISTWorks-Parent-Origin': page }
    const state = await api.send('GET', '/v1/embed-session', { key: token, headers })
    return ((await state.json()) as EmbedSessionState).platform
  }
  expect(await told()).toEqual({ name: 'Ledgerly', accentColor: null })
  const branding = { displayName: 'Ledgerly Pay', accentColor: '#0b5fff' }
  await call(bea, 'PATCH', `/v1/platforms/${id}`, { ...place, body: { branding } })
  expect(await told()).toEqual({ name: 'Ledgerly Pay', accentColor: '#0b5fff' })
})
