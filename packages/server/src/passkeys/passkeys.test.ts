import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestApi, TEST_ORIGIN, type TestApi } from '../testing/api.ts'
import { signIn } from '../testing/portal-person.ts'
import { softwarePasskey } from '../testing/software-passkey.ts'

const MINUTE = 60_000
let api: TestApi
let organization: string

beforeAll(async () => {
  api = await createTestApi()
  organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
})
afterAll(() => api.close())

let people = 0
let email = ''
beforeEach(async () => {
  email = `ada${++people}@bluebird.example`
  api.network.address = `192.0.2.${people}`
  await api.addMember(organization, email, 'administrator')
})

const later = (minutes: number) => {
  api.clock.now = new Date(api.clock.now.getTime() + minutes * MINUTE)
}
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code

test('a passkey proves for five minutes that the person is there, under a new cookie', async () => {
  const ada = await signIn(api, email)
  expect((await ada.addPasskey()).status).toBe(201)
  const before = ada.cookie
  const session = (await (await ada.stepUp()).json()) as { steppedUpUntil: string }
  expect(session.steppedUpUntil).toBe(new Date(api.clock.now.getTime() + 5 * MINUTE).toISOString())
  expect(ada.cookie).not.toBe(before)
  const old = await api.send('GET', '/v1/session', { headers: { Cookie: before } })
  expect(old.status).toBe(401)
  later(5)
  const now = (await (await ada.send('GET', '/v1/session')).json()) as { steppedUpUntil: string | null }
  expect(now.steppedUpUntil).toBeNull()
})

test('the first passkey needs a sign-in of just now, further ones the proof of an earlier one', async () => {
  const ada = await signIn(api, email)
  later(5)
  const late = await ada.send('POST', '/v1/session/passkeys/challenges')
  expect([late.status, await codeOf(late)]).toEqual([403, 'step-up-required'])
  const again = await signIn(api, email)
  expect((await again.addPasskey('Laptop')).status).toBe(201)
  const second = await again.send('POST', '/v1/session/passkeys/challenges')
  expect(await codeOf(second)).toBe('step-up-required')
  await again.stepUp()
  expect((await again.addPasskey('Phone', softwarePasskey(TEST_ORIGIN))).status).toBe(201)
  const list = await again.send('GET', '/v1/session/passkeys')
  const { data } = (await list.json()) as { data: { name: string }[] }
  expect(list.status).toBe(200)
  expect(data.map(({ name }) => name).sort()).toEqual(['Laptop', 'Phone'])
})

test('two first passkeys at once: one is kept', async () => {
  const [ada, thief] = [await signIn(api, email), await signIn(api, email)]
  const answers = await Promise.all([ada.addPasskey('Mine'), thief.addPasskey('Theirs')])
  expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([201, 403]))
})

test('a person hears by mail of each new passkey, and the log has it', async () => {
  const ada = await signIn(api, email)
  await ada.addPasskey('Work laptop')
  await api.runJobs()
  expect(api.mailbox.list()[0]).toMatchObject({ to: email, subject: 'What you confirm with has changed' })
  expect(api.mailbox.list()[0]?.text).toContain('Work laptop')
})

test('what is removed proves nothing more, and only the proven may remove it', async () => {
  const ada = await signIn(api, email)
  const { id } = (await (await ada.addPasskey()).json()) as { id: string }
  expect(await codeOf(await ada.send('POST', `/v1/session/passkeys/${id}/remove`))).toBe('step-up-required')
  await ada.stepUp()
  expect((await ada.send('POST', `/v1/session/passkeys/${id}/remove`)).status).toBe(204)
  expect((await ada.send('POST', `/v1/session/passkeys/${id}/remove`)).status).toBe(404)
  expect(await codeOf(await ada.send('POST', '/v1/session/step-up/challenges'))).toBe('state-conflict')
})

test('a passkey of another person confirms nothing and is not there to remove', async () => {
  const ada = await signIn(api, email)
  const { id } = (await (await ada.addPasskey()).json()) as { id: string }
  const other = `grace${people}@bluebird.example`
  await api.addMember(organization, other, 'administrator')
  const grace = await signIn(api, other)
  await grace.addPasskey()
  const challenge = await grace.challengeOf('/v1/session/step-up/challenges')
  expect((await grace.answer(ada.passkey.get(challenge))).status).toBe(403)
  await grace.stepUp()
  expect((await grace.send('POST', `/v1/session/passkeys/${id}/remove`)).status).toBe(404)
})

test.each<[string, (key: ReturnType<typeof softwarePasskey>, challenge: string) => unknown]>([
  ['for another challenge', (key) => key.get('c29tZXRoaW5nIGVsc2U')],
  ['without the person being verified', (key, challenge) => key.get(challenge, 0x01)],
  ['with the counter of a copy', (key, challenge) => (key.rewind(), key.get(challenge))],
  ['with a bent signature', (key, challenge) => bend(key.get(challenge))],
])('an answer %s is refused', async (_, answerOf) => {
  const ada = await signIn(api, email)
  await ada.addPasskey()
  await ada.stepUp()
  const challenge = await ada.challengeOf('/v1/session/step-up/challenges')
  const refused = await ada.answer(answerOf(ada.passkey, challenge))
  expect([refused.status, await codeOf(refused)]).toEqual([403, 'step-up-required'])
})

test('a passkey that did not verify who touched it is not taken', async () => {
  const ada = await signIn(api, email)
  const credential = ada.passkey.create(await ada.challengeOf('/v1/session/passkeys/challenges'), 0x01)
  const refused = await ada.send('POST', '/v1/session/passkeys', { body: { name: 'x', credential } })
  expect([refused.status, await codeOf(refused)]).toEqual([422, 'validation-failed'])
  expect((await ada.addPasskey()).status).toBe(201)
})

test('recovery codes go with the last passkey, and not before', async () => {
  const ada = await signIn(api, email)
  const first = (await (await ada.addPasskey()).json()) as { id: string }
  await ada.stepUp()
  const second = (await (await ada.addPasskey('Phone', softwarePasskey(TEST_ORIGIN))).json()) as { id: string }
  await ada.send('POST', '/v1/session/recovery-codes')
  const leftAfter = async ({ id }: { id: string }) => {
    expect((await ada.send('POST', `/v1/session/passkeys/${id}/remove`)).status).toBe(204)
    const session = (await (await ada.send('GET', '/v1/session')).json()) as { secondFactors: object }
    return session.secondFactors
  }
  expect(await leftAfter(first)).toEqual({ passkeys: 1, authenticatorApp: false, recoveryCodes: 10 })
  expect(await leftAfter(second)).toEqual({ passkeys: 0, authenticatorApp: false, recoveryCodes: 0 })
})

test('an answer from another site is refused', async () => {
  const ada = await signIn(api, email)
  const elsewhere = softwarePasskey('http://localhost:4999')
  const credential = elsewhere.create(await ada.challengeOf('/v1/session/passkeys/challenges'))
  expect((await ada.send('POST', '/v1/session/passkeys', { body: { name: 'x', credential } })).status).toBe(422)
})

test('a question to a browser is something made, and says whose passkeys would be taken', async () => {
  const ada = await signIn(api, email)
  const begun = await ada.send('POST', '/v1/session/passkeys/challenges')
  expect([begun.status, await begun.json()]).toMatchObject([201, { type: 'passkeyChallenge' }])
  await ada.addPasskey()
  const asked = await ada.send('POST', '/v1/session/step-up/challenges')
  const { options } = (await asked.json()) as { options: { allowCredentials: { id: string }[] } }
  expect([asked.status, options.allowCredentials.length]).toEqual([201, 1])
})

test('a challenge is answered once, within five minutes', async () => {
  const ada = await signIn(api, email)
  await ada.addPasskey()
  const once = ada.passkey.get(await ada.challengeOf('/v1/session/step-up/challenges'))
  expect((await ada.answer(once)).status).toBe(200)
  expect(await codeOf(await ada.answer(once))).toBe('state-conflict')
  const answerAfter = async (minutes: number) => {
    const answer = ada.passkey.get(await ada.challengeOf('/v1/session/step-up/challenges'))
    later(minutes)
    return ada.answer(answer)
  }
  expect((await answerAfter(5 - 1 / MINUTE)).status).toBe(200)
  expect(await codeOf(await answerAfter(5))).toBe('state-conflict')
})

test('a proof from a clock that was ahead proves nothing once the clock is right', async () => {
  const ada = await signIn(api, email)
  await ada.addPasskey()
  later(60)
  const ahead = await signIn(api, email)
  expect((await ahead.stepUp(ada.passkey)).status).toBe(200)
  later(-60)
  const session = (await (await ahead.send('GET', '/v1/session')).json()) as { steppedUpUntil: string | null }
  expect(session.steppedUpUntil).toBeNull()
})

test('a sign-in from a clock that was ahead adds no first passkey once the clock is right', async () => {
  later(60)
  const ada = await signIn(api, email)
  later(-60)
  expect(await codeOf(await ada.send('POST', '/v1/session/passkeys/challenges'))).toBe('step-up-required')
})

test('a passkey that somebody else has already is refused, and says nothing of them', async () => {
  const ada = await signIn(api, email)
  await ada.addPasskey()
  const other = `grace${people}@bluebird.example`
  await api.addMember(organization, other, 'administrator')
  const grace = await signIn(api, other)
  const refused = await grace.addPasskey('Mine', ada.passkey)
  expect([refused.status, await codeOf(refused)]).toEqual([422, 'validation-failed'])
})

test('two answers with the same counter at once, one of them of a copy: one counts', async () => {
  const ada = await signIn(api, email)
  await ada.addPasskey()
  const thief = await signIn(api, email)
  const path = '/v1/session/step-up/challenges'
  const mine = ada.passkey.get(await ada.challengeOf(path))
  const challenge = await thief.challengeOf(path)
  ada.passkey.rewind(1)
  const answers = await Promise.all([ada.answer(mine), thief.answer(ada.passkey.get(challenge))])
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 403]))
})

test('a person has at most ten', async () => {
  const ada = await signIn(api, email)
  await ada.addPasskey()
  await ada.stepUp()
  for (let count = 2; count <= 10; count++) {
    api.network.address = `198.51.100.${count}`
    expect((await ada.addPasskey(`Key ${count}`, softwarePasskey(TEST_ORIGIN))).status).toBe(201)
  }
  const eleventh = await ada.send('POST', '/v1/session/passkeys/challenges')
  expect(await codeOf(eleventh)).toBe('limit-exceeded')
})

function bend(credential: ReturnType<ReturnType<typeof softwarePasskey>['get']>) {
  const signature = Buffer.from(credential.response.signature, 'base64url')
  const last = signature.length - 1
  signature[last] = (signature[last] ?? 0) ^ 1
  return { ...credential, response: { ...credential.response, signature: signature.toString('base64url') } }
}
