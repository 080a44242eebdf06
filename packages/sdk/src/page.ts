import type { Page as WirePage } from '@fistworks/contract'
import { ConnectionError } from './error.ts'
import { lastResponse, rememberResponse } from './last-response.ts'

/** Asks for the page behind a cursor; `undefined` for the first. */
export type LoadPage<T> = (after: string | undefined) => Promise<WirePage<T>>

/** One page of a list, newest first. Iterating goes on through all pages behind it. */
export class Page<T> implements AsyncIterable<T> {
  readonly data: T[]
  readonly hasMore: boolean
  /** Opaque; `null` on the last page. */
  readonly nextCursor: string | null
  readonly #load: LoadPage<T>

  constructor(wire: WirePage<T>, load: LoadPage<T>) {
    if (!Array.isArray(wire.data))
      throw new ConnectionError('unexpected-answer', 'What answered at baseUrl is no list.')
    this.data = wire.data
    this.hasMore = wire.hasMore
    this.nextCursor = wire.nextCursor
    this.#load = load
    const info = lastResponse(wire)
    if (info !== undefined) rememberResponse(this, info)
  }

  /** The page behind this one, or `null` when this is the last. */
  async getNextPage(): Promise<Page<T> | null> {
    if (!this.hasMore || this.nextCursor === null) return null
    const next = await this.#load(this.nextCursor)
    // A cursor that leads to itself would be asked for without end.
    if (next.hasMore && next.nextCursor === this.nextCursor) {
      throw new ConnectionError(
        'unexpected-answer',
        'The list does not move on: the server gave the same cursor twice.',
      )
    }
    return new Page(next, this.#load)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* this.data
    for (let next = await this.getNextPage(); next !== null; next = await next.getNextPage()) yield* next.data
  }

  /** The first `limit` things from here on. */
  async toArray({ limit }: { limit: number }): Promise<T[]> {
    const things: T[] = []
    if (limit <= 0) return things
    for await (const thing of this) if (things.push(thing) >= limit) break
    return things
  }
}

/**
 * A list that has been asked for: await it for its first page, or iterate over everything in it. Nothing is sent
 * before that, and the first page is asked for once.
 */
export class PagePromise<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #load: LoadPage<T>
  #first: Promise<Page<T>> | undefined

  constructor(load: LoadPage<T>) {
    this.#load = load
  }

  // oxlint-disable-next-line unicorn/no-thenable -- being awaited is what it is for
  then<A = Page<T>, B = never>(
    onfulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#firstPage().then(onfulfilled, onrejected)
  }

  catch<B = never>(onrejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Page<T> | B> {
    return this.#firstPage().catch(onrejected)
  }

  finally(onfinally?: (() => void) | null): Promise<Page<T>> {
    return this.#firstPage().finally(onfinally)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    yield* await this.#firstPage()
  }

  /** The first `limit` things of the list. */
  async toArray(options: { limit: number }): Promise<T[]> {
    return (await this.#firstPage()).toArray(options)
  }

  #firstPage(): Promise<Page<T>> {
    this.#first ??= this.#load(undefined).then((wire) => new Page(wire, this.#load))
    return this.#first
  }
}
