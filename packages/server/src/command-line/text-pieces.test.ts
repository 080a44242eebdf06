import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gathered, jsonPieces } from './text-pieces.ts'

test('JSON in pieces is the JSON of the whole', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value, null, 2))
    }),
  )
  const odd = {
    left: undefined,
    list: [undefined, Number.NaN, []],
    none: {},
    inner: { text: 'a\nb', deep: { list: [1] } },
  }
  expect([...jsonPieces(odd)].join('')).toBe(JSON.stringify(odd, null, 2))
})

test('what a generator gives is made while it is written', () => {
  let made = 0
  function* values() {
    for (; made < 1_000_000; made++) yield { number: made }
  }
  const pieces = jsonPieces({ values: values() })
  for (let taken = 0; taken < 10; taken++) pieces.next()
  expect(made).toBeLessThan(10)
})

test('small pieces are put together and none is lost', () => {
  const pieces = Array.from({ length: 50_000 }, (_, index) => `${index}\n`)
  const written = [...gathered(pieces)]
  expect(written.join('')).toBe(pieces.join(''))
  expect(written.length).toBeLessThan(10)
})
