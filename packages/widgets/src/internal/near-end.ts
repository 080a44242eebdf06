import type { ReactiveController, ReactiveControllerHost } from 'lit'

type Host = ReactiveControllerHost & { readonly renderRoot: HTMLElement | DocumentFragment }

/** Calls back when the `.near-end` of the list comes close to what is seen. */
export class NearEnd implements ReactiveController {
  #observer: IntersectionObserver | null = null
  #seen: Element | null = null
  readonly #host: Host
  readonly #reached: () => void

  constructor(host: Host, reached: () => void) {
    this.#host = host
    this.#reached = reached
    host.addController(this)
  }

  hostUpdated(): void {
    const mark = this.#host.renderRoot.querySelector('.near-end')
    if (mark === this.#seen) return
    this.hostDisconnected()
    if (mark === null) return
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#reached()
      },
      { rootMargin: '800px' },
    )
    this.#observer.observe(mark)
    this.#seen = mark
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#observer = null
    this.#seen = null
  }

  /** Looks again: the mark may be near still after a page was added. */
  again(): void {
    this.hostDisconnected()
    this.hostUpdated()
  }
}
