import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Page } from '@fistworks/contract'

/** Where a page ends: the values of the columns the list is ordered by. */
export type CursorPosition = readonly (string | number)[]

/** The cursor was not made by us, or for another list. */
export class CursorInvalid extends Error {
  constructor() {
    super('This cursor does not belong to this list; start again without one.')
    this.name = 'CursorInvalid'
  }
}

/**
 * Cuts a page out of rows that were read with `limit + 1`.
 * @param cursorOf makes the cursor of the last row of the page
 */
export function pageOf<T>(options: { rows: readonly T[]; limit: number; cursorOf(row: T): string }): Page<T> {
  const data = options.rows.slice(0, options.limit)
  const hasMore = options.rows.length > options.limit
  const last = data.at(-1)
  return { data, hasMore, nextCursor: hasMore && last !== undefined ? options.cursorOf(last) : null }
}

const MAC_BYTES = 16

/**
 * An opaque cursor that only opens for the same list.
 * @param key 32 bytes
 * @param filter names the list and everything that narrows it (organization, operation, filters)
 */
export function encodeCursor(key: Uint8Array, filter: string, position: CursorPosition): string {
  const text = Buffer.from(JSON.stringify(position), 'utf8')
  return Buffer.concat([mac(key, filter, text), text]).toString('base64url')
}

/** @throws CursorInvalid */
export function decodeCursor(key: Uint8Array, filter: string, cursor: string): CursorPosition {
  const bytes = Buffer.from(cursor, 'base64url')
  const text = bytes.subarray(MAC_BYTES)
  if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) throw new CursorInvalid()
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac(key, filter, text))) throw new CursorInvalid()
  const position: unknown = JSON.parse(text.toString('utf8'))
  if (!isPosition(position)) throw new CursorInvalid()
  return position
}

function mac(key: Uint8Array, filter: string, text: Uint8Array): Buffer {
  const name = Buffer.from(filter, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(name.length)
  return createHmac('sha256', key)
    .update('cursor|v1|')
    .update(length)
    .update(name)
    .update(text)
    .digest()
    .subarray(0, MAC_BYTES)
}

function isPosition(value: unknown): value is CursorPosition {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')
}
