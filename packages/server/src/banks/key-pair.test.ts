import { expect, test } from 'vitest'
import { makeKeyPair } from './key-pair.ts'
import { utils } from './ssh2.ts'

test('a pair that cannot be read again is thrown away', () => {
  const good = makeKeyPair()
  const bodies = good.private.split('\n')
  const damaged = { ...good, private: [bodies[0], bodies[1]?.slice(4), ...bodies.slice(2)].join('\n') }
  expect(utils.parseKey(damaged.private)).toBeInstanceOf(Error)
  const made = [damaged, damaged, good]
  expect(makeKeyPair(() => made.shift() ?? good)).toBe(good)
  expect(made).toEqual([])
})
