import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { Label } from './text.ts'

test.each(['Jane Roe', 'Žižka & Søn', '株式会社', 'a'.repeat(100), '😀'])('%j is a label', (text) => {
  expect(z.safeParse(Label, text).success).toBe(true)
})

test.each([
  ['nothing', ''],
  ['spaces', '  '],
  ['a control character', 'a\u0000b'],
  ['a line feed', 'a\nb'],
  ['a line end of Unicode', 'a\u2028b'],
  ['a paragraph end', 'a\u2029b'],
  ['a turn of direction', 'a\u202eb'],
  ['half of a character, which no database keeps', 'a\ud800b'],
  ['101 characters', 'a'.repeat(101)],
])('%s is not', (_, text) => {
  expect(z.safeParse(Label, text).success).toBe(false)
})
