import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

test('a value has one spelling, whatever the order its keys came in', () => {
  expect(canonicalJson({ b: [1, null, 'é'], a: { d: false, c: 1e21 } })).toBe(
    '{"a":{"c":1e+21,"d":false},"b":[1,null,"é"]}',
  )
  expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude00': 4, '\ufb33': 5 })).toBe(
    '{"\\r":2,"1":3,"€":1,"😀":4,"\ufb33":5}',
  )
  expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}')
  expect(canonicalJson({ toJSON: 1 })).toBe('{"toJSON":1}')
  expect(canonicalJson(new Date(0))).toBe('"1970-01-01T00:00:00.000Z"')
})

test('reading it back gives the same value and the same spelling', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('s')])('%s has no spelling', (value) => {
  expect(() => canonicalJson({ value })).toThrow(TypeError)
})
