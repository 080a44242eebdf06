import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRetryAfter, retryDelayMs } from './retry.ts'

const answer = { status: 503, code: 'unavailable', retryable: true, retryAfterMs: null as number | null }
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('the wait before another attempt', () => {
  test('is random from nothing up to a bound that doubles to eight seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), random, (attempt, chance) => {
        const delayMs = retryDelayMs({ status: null }, attempt, 60_000, chance)
        expect(delayMs).toBe(chance * Math.min(8_000, 300 * 2 ** (attempt - 1)))
      }),
    )
  })

  test('is what the server asks for, never less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), random, (retryAfterMs, chance) => {
        expect(retryDelayMs({ ...answer, retryAfterMs }, 1, 90_000, chance)).toBe(retryAfterMs)
      }),
    )
  })

  test('never comes where the server asks for more than a minute, or more than is left', () => {
    expect(retryDelayMs({ ...answer, retryAfterMs: 60_001 }, 1, 1e9, 0)).toBeNull()
    expect(retryDelayMs({ ...answer, retryAfterMs: 5_000 }, 1, 5_000, 0)).toBeNull()
    expect(retryDelayMs({ status: null }, 1, 0, 0)).toBeNull()
  })
})

describe('another attempt', () => {
  test.each([429, 500, 502, 503, 504])('follows %i', (status) => {
    expect(retryDelayMs({ ...answer, status }, 1, 60_000, 0)).toBe(0)
  })

  test.each([400, 401, 403, 404, 408, 409, 412, 413, 415, 422, 501])('never follows %i', (status) => {
    expect(retryDelayMs({ ...answer, status }, 1, 60_000, 0)).toBeNull()
  })

  test('never follows 409: what is in the way stays there', () => {
    expect(retryDelayMs({ ...answer, status: 409 }, 1, 60_000, 0)).toBeNull()
  })

  test('never comes when the server says that it would not help', () => {
    expect(retryDelayMs({ ...answer, retryable: false }, 1, 60_000, 0)).toBeNull()
  })
})

test('Retry-After is read as seconds or as a date; anything else says nothing', () => {
  const now = Date.UTC(2026, 10, 21, 12)
  expect(parseRetryAfter('120', now)).toBe(120_000)
  expect(parseRetryAfter('Sat, 21 Nov 2026 12:00:30 GMT', now)).toBe(30_000)
  expect(parseRetryAfter('Sat, 21 Nov 2026 11:00:00 GMT', now)).toBe(0)
  expect(parseRetryAfter('soon', now)).toBeNull()
  expect(parseRetryAfter(null, now)).toBeNull()
})
