import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lookThrough } from './look-through.ts'

const look = (rows: readonly boolean[], windowSize: number, after: number | null, limit: number) =>
  lookThrough<number, number>({
    after,
    limit,
    async endOf(from) {
      const end = (from ?? -1) + windowSize
      return end < rows.length ? end : null
    },
    rowsIn: async (from, end, most) => placesIn(rows, from, end ?? rows.length).slice(0, most),
  })
const placesIn = (rows: readonly boolean[], after: number | null, end: number) =>
  rows.flatMap((fits, place) => (fits && place > (after ?? -1) && place <= end ? [place] : []))

test('whatever the windows, it finds the first that fit after a place, in their order, and no more', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.option(fc.nat({ max: 39 })),
      fc.integer({ min: 1, max: 9 }),
      async (rows, windowSize, after, limit) => {
        const wanted = placesIn(rows, after, rows.length).slice(0, limit)
        expect(await look(rows, windowSize, after, limit)).toEqual(wanted)
      },
    ),
  ))

test('it stops where it has enough', async () => {
  let looks = 0
  const found = await lookThrough<number, number>({
    after: null,
    limit: 3,
    endOf: async (from) => (from ?? 0) + 10,
    async rowsIn(from) {
      looks++
      return [from ?? 0]
    },
  })
  expect([found, looks]).toEqual([[0, 10, 20], 3])
})
