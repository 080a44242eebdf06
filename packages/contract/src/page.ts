import * as z from 'zod/mini'

export const PAGE_LIMIT_DEFAULT = 50
export const PAGE_LIMIT_MAX = 200

/** Query of every list: `?limit=` (1–200, default 50) and `?after=`, the `nextCursor` of the page before. */
export const PageQuery = z.strictObject({
  limit: z.optional(
    z
      .pipe(
        z.union([z.string().check(z.regex(/^\d{1,3}$/, { error: 'must be a number from 1 to 200' })), z.number()]),
        z.transform(Number),
      )
      .check(z.refine((n) => n >= 1 && n <= PAGE_LIMIT_MAX, { error: 'must be a number from 1 to 200' })),
  ),
  after: z.optional(z.string().check(z.maxLength(500))),
})
export type PageQuery = z.infer<typeof PageQuery>

/** One page of things, newest first. `nextCursor` is opaque; it is `null` on the last page. */
export function pageOf<T extends z.ZodMiniType>(item: T) {
  return z.object({ data: z.array(item), hasMore: z.boolean(), nextCursor: z.nullable(z.string()) })
}
export interface Page<T> {
  data: T[]
  hasMore: boolean
  nextCursor: string | null
}
