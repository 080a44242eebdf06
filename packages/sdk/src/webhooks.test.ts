import { expect, test } from 'vitest'
import { webhooks } from './webhooks.ts'

/** The example of the specification (standard-webhooks.com, and the tests of its libraries). */
const SPEC = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  body: '{"test": 2432232314}',
  timestamp: '1614265330',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const AT = new Date(1_614_265_330_000)
const headers = (signature = SPEC.signature, timestamp = SPEC.timestamp) => ({
  'webhook-id': SPEC.id,
  'webhook-timestamp': timestamp,
  'webhook-signature': signature,
})
const unwrap = (given: Parameters<typeof webhooks.unwrap>[1], options = {}) =>
  webhooks.unwrap(SPEC.body, given, SPEC.secret, { now: AT, ...options })

test('the example of the specification is taken, in each form that servers have headers and bodies in', async () => {
  const parsed = { test: 2432232314 }
  expect(await unwrap(headers())).toEqual(parsed)
  expect(await unwrap(new Headers(headers()))).toEqual(parsed)
  expect(
    await unwrap({ 'Webhook-Id': SPEC.id, 'Webhook-Timestamp': [SPEC.timestamp], 'Webhook-Signature': SPEC.signature }),
  ).toEqual(parsed)
  const bytes = new TextEncoder().encode(SPEC.body)
  expect(await webhooks.unwrap(bytes, headers(), SPEC.secret, { now: AT })).toEqual(parsed)
})

test('the headers that are made for tests are those of the specification', async () => {
  expect(await webhooks.testHeaders(SPEC.body, SPEC.secret, { id: SPEC.id, at: AT })).toEqual(headers())
})

test('one of several signatures is enough, and versions that are not known are passed over', async () => {
  const other = `v1,${btoa('x'.repeat(32))}`
  expect(await unwrap(headers(`v1a,abc ${other} ${SPEC.signature}`))).toEqual({ test: 2432232314 })
  await expect(unwrap(headers(`${other} v2${SPEC.signature.slice(2)}`))).rejects.toMatchObject({
    code: 'webhook-signature',
  })
  const many = Array.from({ length: 10 }, () => other).join(' ')
  await expect(unwrap(headers(`${many} ${SPEC.signature}`)), 'no endless work').rejects.toMatchObject({
    code: 'webhook-signature',
  })
})

test('whatever is changed, the message is refused', async () => {
  const refused = { code: 'webhook-signature' }
  await expect(webhooks.unwrap(`${SPEC.body} `, headers(), SPEC.secret, { now: AT })).rejects.toMatchObject(refused)
  await expect(unwrap({ ...headers(), 'webhook-id': 'msg_other' })).rejects.toMatchObject(refused)
  await expect(unwrap(headers(SPEC.signature, '1614265331'))).rejects.toMatchObject(refused)
  for (const signature of ['', 'v1,', 'v1,%%%', SPEC.signature.slice(0, -4), SPEC.signature.replace('g', 'h'), 'v1']) {
    await expect(unwrap(headers(signature)), signature).rejects.toMatchObject(refused)
  }
  const other = `whsec_${btoa('y'.repeat(24))}`
  await expect(webhooks.unwrap(SPEC.body, headers(), other, { now: AT })).rejects.toMatchObject(refused)
})

test('five minutes old or ahead is taken, a second more is not', async () => {
  const at = (seconds: number) => ({ now: new Date(AT.getTime() + seconds * 1000) })
  for (const seconds of [300, -300]) expect(await unwrap(headers(), at(seconds))).toBeDefined()
  for (const seconds of [301, -301]) {
    await expect(unwrap(headers(), at(seconds))).rejects.toMatchObject({ code: 'webhook-expired' })
  }
  await expect(unwrap(headers(SPEC.signature, 'now'))).rejects.toMatchObject({ code: 'webhook-expired' })
})

test('what is missing is named, and nothing of a secret is told', async () => {
  for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
    const without = Object.fromEntries(Object.entries(headers()).filter(([key]) => key !== name))
    await expect(unwrap(without), name).rejects.toMatchObject({ code: 'webhook-malformed' })
  }
  for (const secret of ['', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_', 'whsec_%']) {
    const error = await webhooks.unwrap(SPEC.body, headers(), secret, { now: AT }).catch((one: unknown) => one)
    expect(error).toMatchObject({ code: 'webhook-secret' })
    expect(String(error)).not.toContain('MfKQ')
  }
})
