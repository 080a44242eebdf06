import { expect, test } from 'vitest'
import { mutantsOf } from './mutators.ts'
import { type Unseen, withoutUnseen } from './unseen.ts'

const source = 'function erase(bytes, size) {\n  if (size > 4) refuse()\n  bytes.fill(0)\n}\n'
const mutants = mutantsOf('a.ts', source, 'effects')
const leave = (...unseen: Unseen[]) => withoutUnseen(mutants, unseen, () => source)
const reason = 'the buffer is out of reach'

test('the faults of a line that nobody can see are left out and counted, the others are tried', () => {
  const fill = { file: /^a/, line: '.fill(0)', reason }
  const { seen, leftOut } = leave(fill)
  expect(leftOut).toEqual([{ entry: fill, count: 2 }])
  expect(new Set(seen.map(({ line }) => line))).toEqual(new Set([2]))
  expect(seen).toHaveLength(mutants.length - 2)
})

test('an entry may name some faults of its line only', () => {
  const { seen } = leave({ file: /^a/, line: '.fill(0)', kind: /left out/, reason })
  expect(seen.filter(({ line }) => line === 3).map(({ kind }) => kind)).toEqual(['0 + 1'])
})

test('an entry of another file or of a line that is gone is a mistake, and so is a long list', () => {
  expect(() => leave({ file: /^b/, line: '.fill(0)', reason })).toThrow('^b')
  expect(() => leave({ file: /^a/, line: '.fill(1)', reason })).toThrow("'.fill(1)'")
  expect(() => leave(...Array.from({ length: 13 }, () => ({ file: /^a/, line: 'fill', reason })))).toThrow('13')
})
