import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessStore } from '../access/access-store.ts'
import { makeToken, TOKEN_PREFIXES } from '../access/token.ts'
import { createSignInCodes } from '../portal-sessions/sign-in-codes.ts'
import { newId } from '../new-id.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { freshToken, raise } from './raise-session.ts'

let api: TestApi
let userId: string

beforeAll(async () => {
  api = await createTestApi()
  const organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
  userId = await api.addMember(organization, 'ada@bluebird.example', 'administrator')
})
afterAll(() => api.close())

async function session() {
  const control = byHand(api.parts.databases.control)
  const [now, codes] = [api.clock.now, createSignInCodes(newId)]
  const moment = { now, requestId: 'req_1', address: undefined, userAgent: undefined }
  const { id, cookie, antiForgeryToken, expiresAt } = await control.write((tx) => codes.openSession(tx, userId, moment))
  const names = { name: 'Ada', email: 'ada@bluebird.example', antiForgeryToken, expiresAt }
  const user = { type: 'user', sessionId: id, userId, ...names, signedInAt: now.toISOString(), steppedUpAt: null }
  const found = async () => (await accessStore(control.read).portalSession(id))?.portal_sessions
  return { control, codes, cookie, moment, user: user as Parameters<typeof raise>[1], found }
}

test('a session goes on under a new secret, proven at this moment', async () => {
  const { control, moment, user, found } = await session()
  const fresh = freshToken(user)
  const raised = await control.write((tx) => raise(tx, user, fresh, moment))
  expect(await found()).toMatchObject({ secretHash: fresh.secretHash, steppedUpAt: moment.now.toISOString() })
  expect(raised.cookie).toBe(fresh.token)
  expect(raised.session.antiForgeryToken).not.toBe(user.antiForgeryToken)
})

test('a session that was ended while the proof was looked at is not raised', async () => {
  const { control, codes, cookie, moment, user, found } = await session()
  await control.write((tx) => codes.endEarlier(tx, cookie, moment.now))
  const before = await found()
  const fresh = makeToken(TOKEN_PREFIXES.portal, user.sessionId.slice('ses_'.length))
  await expect(control.write((tx) => raise(tx, user, fresh, moment))).rejects.toMatchObject({ code: 'session-expired' })
  expect(await found()).toEqual(before)
})
