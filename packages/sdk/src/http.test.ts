import { describe, expect, test } from 'vitest'
import { FISTWorks } from './client.ts'
import {
  AbortError,
  ConflictError,
  ConnectionError,
  PermissionError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UsageError,
} from './error.ts'
import { lastResponse } from './last-response.ts'
import type { FISTWorksOptions } from './options.ts'
import { type Answer, type LocalServer, localServer, problem } from './testing/local-server.ts'

const done: Answer = { body: { id: 'ach_1' } }
const now = { 'Retry-After': '0' }

async function start(answers: Answer[], options: FISTWorksOptions = {}) {
  const server = await localServer(answers)
  return { server, fist: new FISTWorks({ apiKey: 'fw_test_sk_1', baseUrl: server.baseUrl, ...options }) }
}

function keysOf({ received }: LocalServer) {
  return received.map((one) => one.headers['idempotency-key'])
}

describe('a change is repeated with the key and body it had at first', () => {
  test.each<[string, Answer]>([
    ['the connection was lost', 'reset'],
    ['the answer was cut off half-way', 'cutOff'],
    ['the server was not available', problem(503, 'unavailable', now)],
    ['there were too many requests', problem(429, 'rate-limited', now)],
    [
      'something in between failed',
      { status: 502, text: '<h1>Bad gateway</h1>', headers: { 'Content-Type': 'text/html' } },
    ],
  ])('when %s', async (_, failure) => {
    const { server, fist } = await start([failure, failure, done])
    expect(await fist.achFiles.submit('ach_1', { version: 1 })).toEqual({ id: 'ach_1' })
    expect(server.received).toHaveLength(3)
    expect(new Set(keysOf(server)).size).toBe(1)
    expect(keysOf(server)[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(server.received.map((one) => one.body))).toEqual(new Set(['{"version":1}']))
  })

  test('when an attempt takes more than half of the time there is', async () => {
    const { server, fist } = await start(['hang', done], { timeoutMs: 2_000 })
    await fist.recipients.update('rcp_1', { name: 'R' })
    expect(new Set(keysOf(server)).size).toBe(1)
    expect(server.received).toHaveLength(2)
  })

  test('and two calls never share a key', async () => {
    const { server, fist } = await start([done])
    await Promise.all([fist.achFiles.submit('ach_1', { version: 1 }), fist.achFiles.submit('ach_1', { version: 1 })])
    expect(new Set(keysOf(server)).size).toBe(2)
  })
})

describe('retries end', () => {
  test('after maxRetries, with the last error', async () => {
    const { server, fist } = await start([problem(503, 'unavailable', now)])
    await expect(fist.recipients.list()).rejects.toThrow(ServerError)
    expect(server.received).toHaveLength(3)
    await expect(fist.recipients.list({}, { maxRetries: 0 })).rejects.toThrow(ServerError)
    expect(server.received).toHaveLength(4)
  })

  test('at once for what would only fail again', async () => {
    const { server, fist } = await start([problem(409, 'state-conflict')])
    await expect(fist.achFiles.submit('ach_1', { version: 1 })).rejects.toThrow(ConflictError)
    expect(server.received).toHaveLength(1)
  })

  test('at once where the server asks for more time than there is', async () => {
    const { server, fist } = await start([problem(429, 'rate-limited', { 'Retry-After': '3600' })])
    const error = await fist.recipients.retrieve('rcp_1').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({ retryAfterSeconds: 3600, retryable: true })
    expect(server.received).toHaveLength(1)
  })
})

test('the next attempt comes no earlier than the server asked', async () => {
  const { server, fist } = await start([problem(503, 'unavailable', { 'Retry-After': '1' }), done])
  await fist.recipients.retrieve('rcp_1')
  const [first, second] = server.received
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990)
})

describe('a call that cannot end well', () => {
  test('ends with its time', async () => {
    const { fist } = await start(['hang'], { timeoutMs: 300 })
    await expect(fist.recipients.retrieve('rcp_1')).rejects.toThrow(TimeoutError)
    await expect(fist.recipients.retrieve('rcp_1', { maxRetries: 0 })).rejects.toThrow('within 300 ms')
  })

  test('ends with its signal: before, while it is sent, and while it waits to be sent again', async () => {
    const { server, fist } = await start(['hang', problem(503, 'unavailable', { 'Retry-After': '30' })])
    await expect(fist.recipients.list({}, { signal: AbortSignal.abort() })).rejects.toThrow(AbortError)
    expect(server.received).toHaveLength(0)
    for (const count of [1, 2]) {
      const controller = new AbortController()
      const call = fist.achFiles.submit('ach_1', { version: 1 }, { signal: controller.signal })
      await expect.poll(() => server.received.length).toBe(count)
      controller.abort(new Error('a reason that is not ours'))
      await expect(call).rejects.toThrow(AbortError)
    }
    expect(server.received).toHaveLength(2)
  })

  test('says that there is no connection, and why', async () => {
    const { server, fist } = await start([done])
    await server.stop()
    const error = await fist.recipients.retrieve('rcp_1', { maxRetries: 1 }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({
      code: 'connection-failed',
      message: expect.stringContaining('ECONNREFUSED') as string,
    })
  })
})

test('a redirect is not followed: key and body go nowhere else', async () => {
  const elsewhere = await localServer([done])
  const { server, fist } = await start([{ status: 307, headers: { Location: elsewhere.baseUrl } }])
  await expect(fist.recipients.create({} as never)).rejects.toMatchObject({ code: 'redirected' })
  expect(elsewhere.received).toHaveLength(0)
  expect(server.received).toHaveLength(1)
})

test.each(['', 'null', '7', '<html>hello</html>', '{"id":'])(
  'an answer %j that is no result is refused',
  async (text) => {
    const { fist } = await start([{ text }])
    const error = await fist.recipients.retrieve('rcp_1').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ code: 'unexpected-answer' })
  },
)

test('request id and replay are readable on a result', async () => {
  const { fist } = await start([{ status: 201, headers: { 'Idempotent-Replayed': 'true' }, body: { id: 'rcp_1' } }])
  const recipient = await fist.recipients.create({} as never, { idempotencyKey: 'mine' })
  expect(lastResponse(recipient)).toEqual({ status: 201, requestId: 'req_1', isReplay: true })
  expect(lastResponse({})).toBeUndefined()
})

test('misuse rejects before anything is sent', async () => {
  const { server, fist } = await start([done])
  const misuses = [
    fist.recipients.retrieve(''),
    fist.recipients.retrieve('rcp_1', { timeoutMs: 0 }),
    fist.recipients.retrieve('rcp_1', { maxRetries: 1.5 }),
    fist.recipients.archive('rcp_1', { idempotencyKey: 'two\nlines' }),
    fist.recipients.archive('rcp_1', { organization: '' }),
    fist.recipients.create({ name: 1n } as never),
  ]
  for (const misuse of misuses) await expect(misuse).rejects.toThrow(UsageError)
  expect(server.received).toHaveLength(0)
})

describe('a proof of the person that the server asks for', () => {
  const refusal = problem(403, 'step-up-required')

  test('is got, and the change made once more under the same key', async () => {
    let asked = 0
    const confirmPerson = async () => ++asked > 0
    const { server, fist } = await start([refusal, done], { confirmPerson })
    expect(await fist.achFiles.approve('ach_1', { version: 1 })).toEqual({ id: 'ach_1' })
    expect(asked).toBe(1)
    expect(server.received).toHaveLength(2)
    expect(new Set(keysOf(server)).size).toBe(1)
    expect(new Set(server.received.map((one) => one.body))).toEqual(new Set(['{"version":1}']))
  })

  test('is got for a file as well', async () => {
    const file: Answer = { text: 'at', headers: { 'Content-Disposition': 'attachment; filename="audit.csv"' } }
    const { fist } = await start([refusal, file], { confirmPerson: async () => true })
    expect(await fist.auditEvents.export({ format: 'csv' })).toMatchObject({ fileName: 'audit.csv' })
  })

  test('keeps the key that the caller gave', async () => {
    const { server, fist } = await start([refusal, done], { confirmPerson: async () => true })
    await fist.achFiles.approve('ach_1', { version: 1 }, { idempotencyKey: 'mine' })
    expect(keysOf(server)).toEqual(['mine', 'mine'])
  })

  test('may take longer than a call', async () => {
    const confirmPerson = () => new Promise<boolean>((resolve) => setTimeout(resolve, 60, true))
    const { fist } = await start([refusal, done], { confirmPerson })
    await expect(fist.achFiles.approve('ach_1', { version: 1 }, { timeoutMs: 50 })).resolves.toEqual({ id: 'ach_1' })
  })

  test('that is not given leaves the refusal', async () => {
    const { server, fist } = await start([refusal], { confirmPerson: async () => false })
    await expect(fist.achFiles.approve('ach_1', { version: 1 })).rejects.toThrow(PermissionError)
    expect(server.received).toHaveLength(1)
  })

  test('is asked for once: a second refusal is the answer', async () => {
    let asked = 0
    const { server, fist } = await start([refusal], { confirmPerson: async () => ++asked > 0 })
    await expect(fist.achFiles.approve('ach_1', { version: 1 })).rejects.toThrow(PermissionError)
    expect([asked, server.received.length]).toEqual([1, 2])
  })

  test('is not asked for by the proof itself, and not for another refusal', async () => {
    let asked = 0
    const confirmPerson = async () => ++asked > 0
    const { fist } = await start([refusal, refusal, problem(403, 'forbidden')], { confirmPerson })
    await expect(fist.stepUp.begin()).rejects.toThrow(PermissionError)
    await expect(fist.stepUp.begin()).rejects.toThrow(PermissionError)
    await expect(fist.recipients.list()).rejects.toThrow(PermissionError)
    expect(asked).toBe(0)
  })
})
