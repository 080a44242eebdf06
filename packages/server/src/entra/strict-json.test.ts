import { expect, test } from 'vitest'
import { parseStrictJson } from './strict-json.ts'

const read = (text: string) => parseStrictJson(Buffer.from(text))

test.each([
  '{}',
  '{"a":1,"b":2}',
  '{"a":{"a":1},"b":[{"a":1},{"a":2}],"c":"a"}',
  '{"a":["a","a"],"b":"a","c":{}}',
  '{"a":[],"b":[1,[2]],"c":{"d":[{}]}}',
  '{"x":"\\"y\\":1,\\"y\\":2"}',
  '["a","a"]',
  ' { "a" : "{" , "b" : "[" } ',
])('an object that says each name once is read: %s', (text) => {
  expect(read(text)).toEqual(JSON.parse(text))
})

test.each([
  '{"a":1,"a":2}',
  '{"a":1,"b":2,"a":1}',
  '{"a":{"b":1,"b":2}}',
  '[{"a":1},{"b":1,"b":2}]',
  '{"a":[1],"a":2}',
  '{"a":{},"a":2}',
  '{"a":[{"b":1}],"c":1,"c":2}',
  '{"a":1,"\\u0061":2}',
  '{"":1,"":2}',
])('an object that says a name twice is refused: %s', (text) => {
  expect(() => read(text)).toThrow('twice')
})

test('only JSON in whole UTF-8 is read', () => {
  expect(() => read('{a:1}')).toThrow(SyntaxError)
  expect(() => read('\ufeff{}')).toThrow(SyntaxError)
  expect(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow()
})
