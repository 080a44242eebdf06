import { expect, test } from 'vitest'
import { WindowCounter } from './window-counter.ts'

test('a budget is spent exactly, by each caller for themselves, and whole again when the window ends', () => {
  const counter = new WindowCounter(3, 60)
  expect([1, 2, 3, 4].map(() => counter.take('a', 0).isSpent)).toEqual([false, false, false, true])
  expect(counter.take('b', 1_000)).toMatchObject({ isSpent: false, remaining: 2, resetSeconds: 60 })
  expect(counter.take('a', 59_999)).toMatchObject({ isSpent: true, remaining: 0, resetSeconds: 1 })
  expect(counter.take('a', 60_000)).toMatchObject({ isSpent: false, remaining: 2 })
})

test('what is refused takes nothing, and what is given back can be spent again', () => {
  const counter = new WindowCounter(1, 60)
  counter.take('a', 0)
  counter.take('a', 0)
  counter.giveBack('a')
  expect(counter.take('a', 0).isSpent).toBe(false)
  counter.giveBack('b')
  expect(counter.take('b', 0).remaining).toBe(0)
  expect(counter.take('b', 0).isSpent).toBe(true)
})

test('a flood of addresses takes no more memory than what is kept, is limited too, and leaves no trace afterwards', () => {
  const counter = new WindowCounter(5, 60, 2_000)
  expect(counter.take('early', 0).isSpent).toBe(false)
  let taken = 0
  for (let address = 0; address < 200_000; address++) if (!counter.take(`address ${address}`, 1).isSpent) taken += 1
  expect(counter.size).toBeLessThanOrEqual(2_000 + 1_024)
  expect(taken).toBeLessThanOrEqual(2_000 + 1_024 * 5)
  expect(counter.take('early', 2).remaining).toBe(3)
  expect(counter.take('late', 60_002)).toMatchObject({ isSpent: false, remaining: 4 })
  expect(counter.size).toBe(1)
})
