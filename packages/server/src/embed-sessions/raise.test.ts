import { randomBytes } from 'node:crypto'
import type { AchFile, EmbedSessionState, Id, Role } from '@fistworks/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { frameSecretHash } from '../access/raised-session.ts'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'

const PAGE = 'https://books.example.com'
const COMPONENTS = {
  recipients: { features: ['write'], risable: ['reveal'] },
  achFiles: { features: ['write'], risable: ['approve', 'submit', 'resolve'] },
}
const START = new Date('2026-11-23T15:00:00Z')
let api: TestApi
let key: string
let organization: Id<'org'>
let foreign: Id<'org'>
let recipientId: string
let people = 0

beforeAll(async () => {
  api = await createTestApi(START)
  const platform = await api.addPlatform('Tidewater')
  key = platform.apiKey
  organization = await api.addOrganization(platform.platformId, 'Bakery')
  foreign = await api.addOrganization((await api.addPlatform('Other')).platformId, 'Foundry')
  recipientId = (
    await jsonOf<{ id: string }>(await api.send('POST', '/v1/recipients', { key, organization, body: ROE }))
  ).id
})
afterAll(() => api.close())
beforeEach(() => {
  api.clock.now = new Date(api.clock.now.getTime() + 3_600_000)
  api.network.address = `192.0.2.${++people}`
})

const ROE = {
  name: 'Jane Roe',
  holderType: 'individual',
  accountType: 'checking',
  routingNumber: '091000019',
  accountNumber: '8800123456789',
}
const jsonOf = async <T>(response: Response) => (await response.json()) as T
const codeOf = async (response: Response) => (await jsonOf<{ code: string }>(response)).code

async function person(role: Role, of = organization) {
  const email = `someone${people}-${randomBytes(3).toString('hex')}@bluebird.example`
  const userId = await api.addMember(of, email, role)
  const someone = await signIn(api, email)
  await someone.addPasskey()
  await someone.stepUp()
  return { ...someone, userId }
}

/** A frame on a page of the platform: it has the token, and a secret that nobody else has. */
async function frame(overrides: Record<string, unknown> = {}, endUser = `maya${people}`) {
  const body = {
    endUser: { externalId: endUser, name: endUser },
    components: COMPONENTS,
    allowedOrigins: [PAGE],
    ...overrides,
  }
  const created = await jsonOf<{ id: string; token: string }>(
    await api.send('POST', '/v1/embed-sessions', { key, organization, body }),
  )
  const secret = randomBytes(32).toString('base64url')
  const ours = { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'same-origin', 'FISTWorks-Parent-Origin': PAGE }
  const send = (method: string, path: string, sent: { body?: unknown; headers?: Record<string, string> } = {}) =>
    api.send(method, path, {
      key: created.token,
      ...(sent.body === undefined ? {} : { body: sent.body }),
      headers: {
        ...ours,
        'FISTWorks-Frame-Secret': secret,
        'Idempotency-Key': randomBytes(9).toString('hex'),
        ...sent.headers,
      },
    })
  return {
    ...created,
    secretHash: frameSecretHash(secret),
    secret,
    send,
    state: async () => jsonOf<EmbedSessionState>(await send('GET', '/v1/embed-session')),
    reveal: () => send('POST', `/v1/recipients/${recipientId}/reveal`, { body: { purpose: 'The bank asks about it' } }),
  }
}
type Frame = Awaited<ReturnType<typeof frame>>
type Someone = Awaited<ReturnType<typeof person>>

const raise = (someone: Someone, { id, secretHash }: Pick<Frame, 'id' | 'secretHash'>) =>
  someone.send('POST', '/v1/session/embed-raises', { body: { embedSessionId: id, secretHash } })

async function draftBy(maker: Frame): Promise<AchFile> {
  const made = await maker.send('POST', '/v1/ach-files', { body: { name: 'Bills', batches: [] } })
  return jsonOf<AchFile>(made)
}

describe('our own frame', () => {
  test('is let in when the page it stands in belongs to the session', async () => {
    const { send } = await frame()
    expect((await send('GET', '/v1/recipients')).status).toBe(200)
    // A browser sends no Origin with a GET to the page's own server.
    const plain = { Origin: '', 'Sec-Fetch-Site': 'same-origin' }
    const headers = new Headers({ ...plain, 'FISTWorks-Parent-Origin': PAGE })
    headers.delete('Origin')
    const { token } = await frame()
    headers.set('Authorization', `Bearer ${token}`)
    expect((await api.fetch(new Request(`${TEST_ORIGIN}/v1/recipients`, { headers }))).status).toBe(200)
  })

  test.each([
    ['a page that is not in the list', { 'FISTWorks-Parent-Origin': 'https://evil.example' }],
    ['our own origin as the page', { 'FISTWorks-Parent-Origin': TEST_ORIGIN }],
    ['two pages', { 'FISTWorks-Parent-Origin': `${PAGE}, https://evil.example` }],
    ['the right page, told by another page', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['the right page, told by that page itself', { Origin: PAGE, 'Sec-Fetch-Site': 'cross-site' }],
    ['our origin without our page', { Origin: TEST_ORIGIN, 'Sec-Fetch-Site': 'cross-site' }],
    ['the null origin', { Origin: 'null' }],
  ])('is refused with %s', async (_, headers) => {
    const { send } = await frame()
    expect(await codeOf(await send('GET', '/v1/recipients', { headers }))).toBe('origin-not-allowed')
  })

  test('is told of its session; whoever is no embed session has none', async () => {
    const { id, state } = await frame()
    expect(await state()).toMatchObject({ id, organization: { name: 'Bakery' }, endUser: { name: `maya${people}` } })
    const asked = await api.send('GET', '/v1/embed-session', { key, organization })
    expect([asked.status, await codeOf(asked)]).toEqual([401, 'unauthenticated'])
  })

  test('is the only place where a session for frames works', async () => {
    const { token, send } = await frame({ isolation: 'frame' })
    expect((await send('GET', '/v1/recipients')).status).toBe(200)
    const onPage = await api.send('GET', '/v1/recipients', { key: token, headers: { Origin: PAGE } })
    expect(await codeOf(onPage)).toBe('origin-not-allowed')
  })

  test('cannot be told to another origin by a page: the preflight does not allow these headers', async () => {
    const headers = { Origin: PAGE, 'Access-Control-Request-Method': 'GET' }
    const preflight = await api.send('OPTIONS', '/v1/recipients', { headers })
    expect(preflight.headers.get('Access-Control-Allow-Headers')).not.toMatch(/parent|secret|\*/i)
  })
})

describe('the page of the frame', () => {
  const policyOf = (response: Response) => response.headers.get('Content-Security-Policy') ?? ''
  const pageOf = (id: string) => api.send('GET', `/embed/v1/frame?session=${encodeURIComponent(id)}`)

  test('may be shown in the pages of its session and in no other', async () => {
    const other = 'https://shop.example.com:8443'
    const { id } = await frame({ allowedOrigins: [PAGE, other] })
    const page = await pageOf(id)
    expect(page.status).toBe(200)
    expect(policyOf(page)).toContain(`frame-ancestors ${PAGE} ${other};`)
    expect(policyOf(page)).toContain("default-src 'none'")
    expect(policyOf(page)).not.toMatch(/unsafe|\*/)
    expect(page.headers.get('X-Frame-Options')).toBeNull()
    expect(page.headers.get('Cache-Control')).toBe('no-store')
  })

  test('may be shown nowhere when the session is over, revoked or none', async () => {
    const over = await frame({ ttlSeconds: 60 })
    const revoked = await frame()
    await api.send('POST', `/v1/embed-sessions/${revoked.id}/revoke`, { key, organization })
    api.clock.now = new Date(api.clock.now.getTime() + 61_000)
    for (const id of [
      over.id,
      revoked.id,
      '',
      'ems_01m7yrd1hcechv6nb2ne0f5e99',
      '"><script>',
      "'none'; script-src *",
    ]) {
      const page = await pageOf(id)
      expect([page.status, policyOf(page).includes("frame-ancestors 'none'")], id).toEqual([404, true])
      expect(await page.text()).not.toContain('<script')
    }
  })
})

describe('a session that a person has raised', () => {
  test('can do for this frame what its platform lists and the role has', async () => {
    const maya = await frame()
    expect((await maya.state()).raised).toBeNull()
    expect(await codeOf(await maya.reveal())).toBe('forbidden')
    const ada = await person('administrator')
    const raised = await raise(ada, maya)
    expect(raised.status).toBe(201)
    expect((await jsonOf<{ scopes: string[] }>(raised)).scopes.sort()).toEqual([
      'ach-files:approve',
      'ach-files:submit',
      'recipients:reveal',
      'submissions:resolve',
    ])
    expect((await maya.state()).raised?.by).toMatch(/^someone/)
    expect(await jsonOf(await maya.reveal())).toMatchObject({ accountNumber: ROE.accountNumber })
  })

  test('gets from an approver what an approver has', async () => {
    const maya = await frame()
    const approver = await person('approver')
    await raise(approver, maya)
    const { scopes } = await maya.state()
    expect(scopes).toEqual(expect.arrayContaining(['ach-files:approve', 'ach-files:submit']))
    expect(scopes).not.toContain('recipients:reveal')
    expect(await codeOf(await maya.reveal())).toBe('forbidden')
  })

  test('gets nothing from somebody whose role has nothing of it, or who has not just proven who they are', async () => {
    const maya = await frame()
    expect(await codeOf(await raise(await person('viewer'), maya))).toBe('forbidden')
    const ada = await person('administrator')
    api.clock.now = new Date(api.clock.now.getTime() + 300_000)
    expect(await codeOf(await raise(ada, maya))).toBe('step-up-required')
    expect((await maya.state()).raised).toBeNull()
  })

  test('is as unknown to people of other organizations as one that never was', async () => {
    const maya = await frame()
    const stranger = await person('owner', foreign)
    const strip = async (response: Response) => ({ ...(await jsonOf<object>(response)), requestId: '', instance: '' })
    const theirs = await strip(await raise(stranger, maya))
    expect(theirs).toMatchObject({ code: 'not-found' })
    expect(theirs).toEqual(await strip(await raise(stranger, { ...maya, id: 'ems_01m7yrd1hcechv6nb2ne0f5e99' })))
  })

  test('gains nothing for whoever has the token but not the secret, or the secret of another frame', async () => {
    const maya = await frame()
    const other = await frame()
    await raise(await person('administrator'), maya)
    for (const stolen of ['', 'x', other.secret, maya.secretHash]) {
      const headers = { 'FISTWorks-Frame-Secret': stolen }
      expect(
        (await jsonOf<EmbedSessionState>(await maya.send('GET', '/v1/embed-session', { headers }))).raised,
      ).toBeNull()
      const asked = await maya.send('POST', '/v1/submissions/sub_01m7yrd1hcechv6nb2ne0f5e99/retry', {
        headers,
        body: {},
      })
      expect(await codeOf(asked)).toBe('forbidden')
    }
    // With the secret, but from the page itself and not from our frame.
    const page = { Origin: PAGE, 'FISTWorks-Frame-Secret': maya.secret, 'Idempotency-Key': 'p' }
    const onPage = await api.send('POST', `/v1/recipients/${recipientId}/reveal`, {
      key: maya.token,
      headers: page,
      body: { purpose: 'The bank asks about it' },
    })
    expect(await codeOf(onPage)).toBe('forbidden')
    expect(await codeOf(await other.reveal())).toBe('forbidden')
  })

  test('cannot be raised twice with one secret, nor from another site, nor by an embed session itself', async () => {
    const maya = await frame()
    const ada = await person('administrator')
    expect((await raise(ada, maya)).status).toBe(201)
    expect(await codeOf(await raise(ada, maya))).toBe('state-conflict')
    const body = { embedSessionId: maya.id, secretHash: frameSecretHash('another') }
    const elsewhere = { Origin: PAGE, 'Sec-Fetch-Site': 'cross-site' }
    expect(await codeOf(await ada.send('POST', '/v1/session/embed-raises', { body, headers: elsewhere }))).toBe(
      'forged-request',
    )
    expect(await codeOf(await maya.send('POST', '/v1/session/embed-raises', { body }))).toBe('unauthenticated')
  })
})

describe('a raise ends', () => {
  const ends = async (how: (raised: { maya: Frame; ada: Someone }) => Promise<unknown>) => {
    const maya = await frame()
    const ada = await person('administrator')
    await raise(ada, maya)
    expect((await maya.reveal()).status).toBe(200)
    await how({ maya, ada })
    return codeOf(await maya.reveal())
  }

  test('when the proof is five minutes old, to the second', async () => {
    const maya = await frame()
    const ada = await person('administrator')
    const provenAt = api.clock.now.getTime()
    api.clock.now = new Date(provenAt + 60_000)
    await raise(ada, maya)
    api.clock.now = new Date(provenAt + 299_999)
    expect((await maya.reveal()).status).toBe(200)
    api.clock.now = new Date(provenAt + 300_000)
    expect(await codeOf(await maya.reveal())).toBe('forbidden')
    expect((await maya.state()).raised).toBeNull()
  })

  test('at once when the person signs out', async () => {
    expect(await ends(({ ada }) => ada.send('POST', '/v1/session/end'))).toBe('forbidden')
  })

  test('at once when the person gets a lower role', async () => {
    const owner = await person('owner')
    const lower = ({ ada }: { ada: Someone }) =>
      owner.send('POST', `/v1/members/${ada.userId}/change-role`, { organization, body: { role: 'approver' } })
    expect(await ends(lower)).toBe('forbidden')
  })

  test('at once when the session is revoked', async () => {
    const path = (id: string) => `/v1/embed-sessions/${id}/revoke`
    expect(await ends(({ maya }) => api.send('POST', path(maya.id), { key, organization }))).toBe('session-expired')
  })

  test('with the session, however fresh the proof is', async () => {
    const maya = await frame({ ttlSeconds: 60 })
    await raise(await person('administrator'), maya)
    api.clock.now = new Date(api.clock.now.getTime() + 60_000)
    expect(await codeOf(await maya.reveal())).toBe('session-expired')
    expect(await codeOf(await raise(await person('administrator'), maya))).toBe('session-expired')
  })
})

describe('four eyes', () => {
  test('what a person does through a raised session stands in their name, through the session', async () => {
    const maya = await frame()
    const ada = await person('administrator')
    await raise(ada, maya)
    await maya.reveal()
    const { data } = await jsonOf<{ data: { action: string; actor: object; via: object }[] }>(
      await api.send('GET', '/v1/audit-events?limit=50', { key, organization }),
    )
    const event = data.find(({ action }) => action === 'recipient.revealed')
    expect(event?.actor).toMatchObject({ type: 'user', id: ada.userId })
    expect(event?.via).toEqual({ type: 'embedSession', id: maya.id })
    expect(data.find(({ action }) => action === 'embedSession.raised')).toMatchObject({
      actor: { type: 'user', id: ada.userId },
      via: { type: 'portalSession' },
    })
  })

  test('an end user who wrote a file does not approve it by raising, and a raised person is their end user later', async () => {
    const maya = await frame()
    const mine = await draftBy(maya)
    await raise(await person('administrator'), maya)
    const approve = (by: Frame, { id, version }: AchFile) =>
      by.send('POST', `/v1/ach-files/${id}/approve`, { body: { version } })
    expect(await codeOf(await approve(maya, mine))).toBe('second-person-required')
    const raisedFile = await draftBy(maya)
    const again = await frame({ components: { achFiles: { features: ['approve'] } } })
    expect(await codeOf(await approve(again, raisedFile))).toBe('second-person-required')
    const ray = await frame({ components: { achFiles: { features: ['approve'] } } }, 'ray')
    expect(await codeOf(await approve(ray, raisedFile))).toBe('state-conflict')
  })
})
