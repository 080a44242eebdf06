import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ambiguity } from './strict-json.ts'

test.each([
  ['{"a":1,"a":2}', 'repeated'],
  ['{"a":1,"\\u0061":2}', 'repeated'],
  ['{"a":{"b":1, "c":[{"d":1 , "d" :2}]}}', 'repeated'],
  ['{"__proto__":{}}', 'reserved'],
  ['{"\\u005f_proto__":1}', 'reserved'],
  ['{"a":[{"constructor":{"prototype":{"isAdmin":true}}}]}', 'reserved'],
  ['['.repeat(33) + ']'.repeat(33), 'nested'],
  ['{"a":'.repeat(33) + '1' + '}'.repeat(33), 'nested'],
])('%s is read in more than one way', (text, why) => {
  expect(ambiguity(text)).toBe(why)
})

test.each([
  '{"a":"a","b":["a","a","__proto__"],"c":{"a":1}}',
  '[{"a":1},{"a":1}]',
  '{"a":"\\"b\\":1,\\"b\\":2","b":"\\\\"}',
  '{"a":"__proto__"}',
  '"constructor"',
  '1',
  '['.repeat(32) + ']'.repeat(32),
])('%s has one meaning', (text) => {
  expect(ambiguity(text)).toBeNull()
})

test('what JSON.stringify writes has one meaning, unless its names are JavaScript’s own', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value)
      expect(ambiguity(text)).toBe(/"(__proto__|constructor|prototype)":/.test(text) ? 'reserved' : null)
    }),
  )
})

test('four megabytes of any shape are looked through quickly', () => {
  const names = `{${Array.from({ length: 250_000 }, (_, n) => `"k${n}":1`).join(',')}}`
  for (const text of [names, '['.repeat(4e6), `"${'\\"'.repeat(2e6)}"`, `{"a":"${'x'.repeat(4e6)}"}`]) {
    const startedAt = performance.now()
    ambiguity(text)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  }
})
