import { html, type ReactiveControllerHost } from 'lit'
import { type Failure, failureNotice, failureOf } from './failure.ts'

/** Reads something for a page and shows that it is loading, failed, or there. */
export class Loader<T> {
  value: T | null = null
  failure: Failure | null = null
  readonly #host: ReactiveControllerHost
  readonly #read: () => PromiseLike<T>
  #run = 0

  constructor(host: ReactiveControllerHost, read: () => PromiseLike<T>) {
    this.#host = host
    this.#read = read
  }

  /** Reads anew; an answer that a later call overtook is dropped. */
  readonly load = async (): Promise<void> => {
    this.#run += 1
    const run = this.#run
    this.failure = null
    this.#host.requestUpdate()
    try {
      const value = await this.#read()
      if (run === this.#run) this.value = value
    } catch (error) {
      if (run === this.#run) this.failure = failureOf(error)
    }
    this.#host.requestUpdate()
  }

  show(label: string, ready: (value: T) => unknown): unknown {
    if (this.failure !== null) return failureNotice(this.failure, () => void this.load())
    return this.value === null ? html`<p class="muted" role="status">Loading ${label}…</p>` : ready(this.value)
  }
}
