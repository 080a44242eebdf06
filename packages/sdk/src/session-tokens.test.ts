import { describe, expect, onTestFinished, test } from 'vitest'
import { FISTWorks } from './client.ts'
import { AbortError, AuthenticationError, SessionTokenError, TimeoutError } from './error.ts'
import { localServer, problem } from './testing/local-server.ts'

/** A server that accepts one token, and a back end that gives the named tokens one after the other. */
async function start({ accepts, gives }: { accepts: string; gives: string[] }) {
  const server = await localServer(({ headers }) =>
    headers.authorization === `Bearer ${accepts}` ? { body: { id: 'rcp_1' } } : problem(401, 'session-expired'),
  )
  let fetches = 0
  const fetchSessionToken = async () => gives[Math.min(fetches++, gives.length - 1)] ?? ''
  const fist = new FISTWorks({ fetchSessionToken, baseUrl: server.baseUrl })
  return { server, fist, fetches: () => fetches }
}

describe('the token of an embed session', () => {
  test('is fetched once for all calls', async () => {
    const { fist, fetches } = await start({ accepts: 'a', gives: ['a', 'b'] })
    await Promise.all(Array.from({ length: 20 }, () => fist.recipients.retrieve('rcp_1')))
    await fist.recipients.retrieve('rcp_1')
    expect(fetches()).toBe(1)
  })

  test('is fetched again once when it has ended, however many calls find out', async () => {
    const { server, fist, fetches } = await start({ accepts: 'b', gives: ['a', 'b', 'c'] })
    await Promise.all(Array.from({ length: 20 }, () => fist.recipients.archive('rcp_1')))
    expect(fetches()).toBe(2)
    const keys = server.received.map((one) => one.headers['idempotency-key'])
    expect(new Set(keys).size).toBe(20)
  })

  test('is fetched again even where no retry is allowed', async () => {
    const { fist } = await start({ accepts: 'b', gives: ['a', 'b'] })
    expect(await fist.recipients.archive('rcp_1', { maxRetries: 0 })).toEqual({ id: 'rcp_1' })
  })

  test('takes none of the retries when it is fetched again', async () => {
    const unavailable = problem(503, 'unavailable', { 'Retry-After': '0' })
    const server = await localServer([
      problem(401, 'session-expired'),
      unavailable,
      unavailable,
      { body: { id: 'rcp_1' } },
    ])
    let fetches = 0
    const fist = new FISTWorks({ fetchSessionToken: async () => `t${fetches++}`, baseUrl: server.baseUrl })
    expect(await fist.recipients.archive('rcp_1', { maxRetries: 2 })).toEqual({ id: 'rcp_1' })
    expect(server.received.map((one) => one.headers.authorization)).toEqual([0, 1, 1, 1].map((n) => `Bearer t${n}`))
  })

  test('that is refused again is the answer', async () => {
    const { server, fist, fetches } = await start({ accepts: 'never', gives: ['a', 'b', 'c', 'd'] })
    await expect(fist.recipients.retrieve('rcp_1')).rejects.toThrow(AuthenticationError)
    expect(fetches()).toBe(2)
    expect(server.received).toHaveLength(2)
  })

  test('that comes back unchanged is not sent a second time', async () => {
    const { server, fist } = await start({ accepts: 'never', gives: ['a'] })
    await expect(fist.recipients.retrieve('rcp_1')).rejects.toThrow(AuthenticationError)
    expect(server.received).toHaveLength(1)
  })
})

describe('when the back end gives no token', () => {
  test('the call fails with its reason, and the next one asks again', async () => {
    const { baseUrl } = await localServer([{ body: { id: 'rcp_1' } }])
    const reason = new Error('back end is down')
    let fetches = 0
    const fetchSessionToken = () => (fetches++ === 0 ? Promise.reject(reason) : Promise.resolve('a'))
    const fist = new FISTWorks({ fetchSessionToken, baseUrl })
    const error = await fist.recipients.retrieve('rcp_1').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(SessionTokenError)
    expect((error as SessionTokenError).reason).toBe(reason)
    expect(await fist.recipients.retrieve('rcp_1')).toEqual({ id: 'rcp_1' })
  })

  test.each(['', 'two\nlines', undefined, { tokens: 'a' }])('%j is no token', async (token) => {
    const fist = new FISTWorks({ fetchSessionToken: async () => token as string, baseUrl: 'http://127.0.0.1:9' })
    await expect(fist.recipients.retrieve('rcp_1')).rejects.toThrow(SessionTokenError)
  })

  test('a call that waits for it still ends with its signal and its time', async () => {
    const fist = new FISTWorks({ fetchSessionToken: () => new Promise(() => {}), baseUrl: 'http://127.0.0.1:9' })
    const controller = new AbortController()
    const call = fist.recipients.retrieve('rcp_1', { signal: controller.signal })
    controller.abort()
    await expect(call).rejects.toThrow(AbortError)
    await expect(fist.recipients.retrieve('rcp_1', { timeoutMs: 50 })).rejects.toThrow(TimeoutError)
  })
})

test('a back end that fails after the call has ended harms nobody: no rejection is left unhandled', async () => {
  let fail = () => {}
  const fetchSessionToken = () => new Promise<string>((_, reject) => (fail = () => reject(new Error('too late'))))
  const fist = new FISTWorks({ fetchSessionToken, baseUrl: 'http://127.0.0.1:9' })
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  onTestFinished(() => void process.off('unhandledRejection', note))
  const controller = new AbortController()
  const aborted = fist.recipients.retrieve('rcp_1', { signal: controller.signal })
  await expect(fist.recipients.retrieve('rcp_1', { timeoutMs: 50 })).rejects.toThrow(TimeoutError)
  controller.abort()
  await expect(aborted).rejects.toThrow(AbortError)
  fail()
  await new Promise((resolve) => setImmediate(resolve))
  expect(unhandled).toEqual([])
})

test('a refused API key is not tried again', async () => {
  const server = await localServer([problem(401, 'unauthenticated')])
  const fist = new FISTWorks({ apiKey: 'fw_test_sk_1', baseUrl: server.baseUrl })
  await expect(fist.recipients.retrieve('rcp_1')).rejects.toThrow(AuthenticationError)
  expect(server.received).toHaveLength(1)
})
