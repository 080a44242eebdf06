import type { Page } from '@fistworks/contract'
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Failure } from './failure.ts'

type FetchPage<T> = (after: string | null) => Promise<Page<T>>

/** A list that grows page by page. Pages are kept apart, so that a page that did not change is not rendered again. */
export class Pager<T extends { readonly id: string }> implements ReactiveController {
  pages: readonly (readonly T[])[] = []
  status: 'idle' | 'loading' | 'more' | 'ready' | 'failed' = 'idle'
  failure: Failure | null = null
  #next: string | null = null
  #run = 0
  #fetch: FetchPage<T> | null = null
  readonly #host: ReactiveControllerHost
  readonly #fail: (error: unknown) => Failure

  constructor(host: ReactiveControllerHost, fail: (error: unknown) => Failure) {
    this.#host = host
    this.#fail = fail
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#run++
    if (this.status === 'loading' || this.status === 'more') this.status = 'idle'
  }

  get count(): number {
    return this.pages.reduce((sum, page) => sum + page.length, 0)
  }
  get hasMore(): boolean {
    return this.#next !== null
  }
  get isEmpty(): boolean {
    return this.status === 'ready' && this.count === 0
  }

  /** Starts again with this list; what was shown stays until the first page is there. */
  async start(fetch: FetchPage<T>): Promise<void> {
    this.#fetch = fetch
    this.#next = null
    this.status = 'loading'
    await this.#load(null, [])
  }

  async more(): Promise<void> {
    if (this.status !== 'ready' || this.#next === null) return
    this.status = 'more'
    await this.#load(this.#next, this.pages)
  }

  async retry(): Promise<void> {
    if (this.#fetch === null) return
    this.status = this.#next === null ? 'loading' : 'more'
    await this.#load(this.#next, this.#next === null ? [] : this.pages)
  }

  async #load(after: string | null, before: readonly (readonly T[])[]): Promise<void> {
    const run = ++this.#run
    this.failure = null
    this.#host.requestUpdate()
    try {
      const page = await this.#fetch?.(after)
      if (run !== this.#run || page === undefined) return
      this.pages = [...before, page.data]
      this.#next = page.hasMore ? page.nextCursor : null
      this.status = 'ready'
    } catch (error) {
      if (run !== this.#run) return
      this.failure = this.#fail(error)
      this.status = 'failed'
    }
    this.#host.requestUpdate()
  }

  /** Puts a thing in place of the one with its id, or first. */
  put(item: T): void {
    const isKnown = this.pages.some((page) => page.some((each) => each.id === item.id))
    if (isKnown) {
      this.pages = this.pages.map((page) =>
        page.some((each) => each.id === item.id) ? page.map((each) => (each.id === item.id ? item : each)) : page,
      )
    } else {
      const [first = [], ...others] = this.pages
      this.pages = [[item, ...first], ...others]
    }
    this.#host.requestUpdate()
  }

  remove(id: string): void {
    this.pages = this.pages.map((page) =>
      page.some((each) => each.id === id) ? page.filter((each) => each.id !== id) : page,
    )
    this.#host.requestUpdate()
  }
}
