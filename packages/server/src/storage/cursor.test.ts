import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CursorInvalid, decodeCursor, encodeCursor, pageOf } from './cursor.ts'

const key = new Uint8Array(32).fill(7)
const positions = fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 4 })

test('a cursor gives back its position, for its own list only', () => {
  fc.assert(
    fc.property(positions, fc.string(), fc.string(), (position, filter, other) => {
      const cursor = encodeCursor(key, filter, position)
      expect(decodeCursor(key, filter, cursor)).toEqual(position)
      if (other !== filter) expect(() => decodeCursor(key, other, cursor)).toThrow(CursorInvalid)
      expect(() => decodeCursor(new Uint8Array(32), filter, cursor)).toThrow(CursorInvalid)
    }),
  )
})

test('a cursor with any character changed is refused', () => {
  const cursor = encodeCursor(key, 'recipients', ['rcp_1', 5])
  for (let at = 0; at < cursor.length; at++) {
    const changed = `${cursor.slice(0, at)}${cursor[at] === 'A' ? 'B' : 'A'}${cursor.slice(at + 1)}`
    expect(() => decodeCursor(key, 'recipients', changed)).toThrow(CursorInvalid)
  }
})

test.each(['', 'AAAA', '💶', `${encodeCursor(key, 'recipients', [])}=`])('%j is no cursor', (text) => {
  expect(() => decodeCursor(key, 'recipients', text)).toThrow(CursorInvalid)
})

test('a page says whether there is more, and where it goes on', () => {
  const cursorOf = (n: number) => `after ${n}`
  expect(pageOf({ rows: [1, 2, 3], limit: 2, cursorOf })).toEqual({
    data: [1, 2],
    hasMore: true,
    nextCursor: 'after 2',
  })
  expect(pageOf({ rows: [1, 2], limit: 2, cursorOf })).toEqual({ data: [1, 2], hasMore: false, nextCursor: null })
  expect(pageOf({ rows: [], limit: 2, cursorOf })).toEqual({ data: [], hasMore: false, nextCursor: null })
})
