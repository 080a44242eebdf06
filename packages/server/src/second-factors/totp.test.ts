import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base32, codeAt, matchingStep, otpauthUri, stepOf } from './totp.ts'

const SEED = Buffer.from('12345678901234567890')

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('the code at second %i is the one of RFC 6238, appendix B', (seconds, code) => {
  expect(codeAt(SEED, stepOf(new Date(seconds * 1000)))).toBe(code)
})

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base32 of %j is the one of RFC 4648, without padding', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
})

test('the address for apps names issuer, account and seed', () => {
  expect(otpauthUri('MZXW6', 'a+b@c.example')).toBe(
    'otpauth://totp/FISTWorks:a%2Bb%40c.example?secret=MZXW6&issuer=FISTWorks&algorithm=SHA1&digits=6&period=30',
  )
})

describe('a code', () => {
  const now = new Date('2026-11-23T15:00:10Z')
  const at = (steps: number) => codeAt(SEED, stepOf(now) + steps)

  test('is taken in its own step, one before and one after, and no further', () => {
    const found = [-2, -1, 0, 1, 2].map((steps) => matchingStep(SEED, at(steps), now, 0))
    expect(found).toEqual([null, stepOf(now) - 1, stepOf(now), stepOf(now) + 1, null])
  })

  test('counts from the first to the last millisecond of its window', () => {
    const step = stepOf(now)
    const instant = (ms: number) => matchingStep(SEED, codeAt(SEED, step), new Date(ms), 0)
    const [first, last] = [(step - 1) * 30_000, (step + 2) * 30_000 - 1]
    expect([instant(first - 1), instant(first), instant(last), instant(last + 1)]).toEqual([null, step, step, null])
  })

  test('of the last step that was taken, or of one before, is not taken again', () => {
    expect(matchingStep(SEED, at(0), now, stepOf(now))).toBeNull()
    expect(matchingStep(SEED, at(-1), now, stepOf(now))).toBeNull()
    expect(matchingStep(SEED, at(1), now, stepOf(now))).toBe(stepOf(now) + 1)
  })

  test('of another seed, another length or other characters is not taken', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer({ min: 0, max: 999_999 }).map(String)), (text) => {
        fc.pre(![-1, 0, 1].some((steps) => at(steps) === text))
        expect(matchingStep(SEED, text, now, 0)).toBeNull()
      }),
    )
    expect(matchingStep(Buffer.alloc(20, 7), at(0), now, 0)).toBeNull()
  })
})
