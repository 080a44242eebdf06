import { PAGE_LIMIT_DEFAULT, type Page, type PageQuery } from '@fistworks/contract'
import type { ReadContext } from './context.ts'
import { invalid } from './problem-error.ts'
import { CursorInvalid, decodeCursor, encodeCursor, pageOf } from './storage/cursor.ts'

interface List<Row, T> {
  /** Of the list, so that a cursor of another one is refused. */
  name: string
  /** What narrows it: a cursor goes on with the same filter only. */
  filter?: Record<string, string | undefined>
  query: PageQuery
  /** Rows before this id (all when `null`), newest first. */
  read(before: string | null, limit: number): Promise<Row[]>
  present(row: Row): T
}

/**
 * One page of a list in the order of ids, newest first. Ids begin with the time they were made, so a row that is added
 * while somebody reads on comes before every page, and no page skips or repeats one.
 */
export async function listPage<Row extends { id: string }, T>(ctx: ReadContext, list: List<Row, T>): Promise<Page<T>> {
  const key = ctx.vault.blindIndex('cursors')
  const filter = JSON.stringify([list.name, ctx.organizationId, list.filter ?? {}])
  const limit = list.query.limit ?? PAGE_LIMIT_DEFAULT
  const before = list.query.after === undefined ? null : positionOf(key, filter, list.query.after)
  const rows = await list.read(before, limit + 1)
  const page = pageOf({ rows, limit, cursorOf: (row) => encodeCursor(key, filter, [row.id]) })
  return { ...page, data: page.data.map((row) => list.present(row)) }
}

function positionOf(key: Uint8Array, filter: string, cursor: string): string {
  try {
    return String(decodeCursor(key, filter, cursor)[0])
  } catch (error) {
    if (!(error instanceof CursorInvalid)) throw error
    throw invalid([
      {
        pointer: '/after',
        code: 'cursor',
        message: 'is not a nextCursor of this list with this filter: start again without it',
      },
    ])
  }
}
