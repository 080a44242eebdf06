import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SessionTokenError } from './error.ts'
import { SessionTokens } from './session-tokens.ts'

const START = Date.parse('2026-11-23T15:00:00Z')
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString()
const later = (seconds: number) => vi.setSystemTime(START + seconds * 1000)

beforeEach(() => void vi.useFakeTimers({ now: START, toFake: ['Date', 'setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** A back end that gives `a`, `b`, `c` … each for fifteen minutes of its own clock. */
function backEnd({ skewSeconds = 0, ttlSeconds = 900 } = {}) {
  const letters = [...'abcdefgh']
  const state = { asked: 0, isDown: false }
  const tokens = new SessionTokens(async () => {
    state.asked++
    if (state.isDown) throw new Error('down')
    const expiresAt = new Date(Date.now() + (skewSeconds + ttlSeconds) * 1000).toISOString()
    return { token: letters.shift() ?? 'z', expiresAt }
  })
  return { tokens, state }
}

describe('a session whose end is known', () => {
  test('is renewed in its last minute, and meanwhile works on', async () => {
    const { tokens, state } = backEnd()
    expect(await tokens.current()).toBe('a')
    later(839)
    expect(await tokens.current()).toBe('a')
    expect(state.asked).toBe(1)
    later(841)
    expect(await Promise.all([tokens.current(), tokens.current(), tokens.current()])).toEqual(['a', 'a', 'a'])
    await vi.waitFor(async () => expect(await tokens.current()).toBe('b'))
    expect(state.asked).toBe(2)
  })

  test('is not used after its end, as after a night of sleep: one question for all calls', async () => {
    const { tokens, state } = backEnd()
    await tokens.current()
    later(8 * 3600)
    expect(await Promise.all(Array.from({ length: 20 }, () => tokens.current()))).toEqual(Array(20).fill('b'))
    expect(state.asked).toBe(2)
  })

  test('goes on to its end when the back end is down, and is not asked for at each call', async () => {
    const { tokens, state } = backEnd()
    await tokens.current()
    state.isDown = true
    later(850)
    for (let call = 0; call < 10; call++) expect(await tokens.current()).toBe('a')
    expect(state.asked).toBe(2)
    later(899)
    expect(await tokens.current()).toBe('a')
  })

  test('is renewed in its last quarter when it lives for less than four minutes', async () => {
    const { tokens, state } = backEnd({ ttlSeconds: 40 })
    await tokens.current()
    later(29)
    await tokens.current()
    expect(state.asked).toBe(1)
    later(31)
    await tokens.current()
    expect(state.asked).toBe(2)
  })

  test.each([
    ['an hour ahead', -3600],
    ['an hour behind', 3600],
  ])('is used until it is refused where this clock is %s', async (_, skewSeconds) => {
    const { tokens, state } = backEnd({ skewSeconds })
    for (let call = 0; call < 5; call++) expect(await tokens.current()).toBe('a')
    later(7200)
    expect(await tokens.current()).toBe('a')
    expect(state.asked).toBe(1)
    expect(await tokens.after('a')).toBe('b')
  })
})

test.each([['soon'], [''], [null], [7]])('an end that is %j is no end, and the token works', async (expiresAt) => {
  const tokens = new SessionTokens(async () => ({ token: 'a', expiresAt: expiresAt as string }))
  expect(await tokens.current()).toBe('a')
  later(3600)
  expect(await tokens.current()).toBe('a')
})

test('a back end that fails is asked again after growing waits, never longer than eight seconds', async () => {
  const askedAt: number[] = []
  const tokens = new SessionTokens(() => {
    askedAt.push(Date.now())
    return Promise.reject(new Error('down'))
  })
  for (let call = 0; call < 9; call++) {
    const failed = tokens.current().catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await failed).toBeInstanceOf(SessionTokenError)
    vi.setSystemTime(askedAt.at(-1) ?? 0)
  }
  expect(askedAt.slice(1).map((time, index) => time - (askedAt[index] ?? 0))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
  ])
})

test('calls that come while it waits share the next question', async () => {
  let asked = 0
  const tokens = new SessionTokens(async () => {
    if (asked++ === 0) throw new Error('down')
    return { token: 'a', expiresAt: at(900) }
  })
  await expect(tokens.current()).rejects.toThrow()
  const calls = Promise.all(Array.from({ length: 10 }, () => tokens.current()))
  await vi.advanceTimersByTimeAsync(250)
  expect(await calls).toEqual(Array(10).fill('a'))
  expect(asked).toBe(2)
})
