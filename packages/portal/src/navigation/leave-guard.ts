import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { agrees } from '../ui/question-dialog.ts'
import { linkClicked } from './link-clicked.ts'

const QUESTION = {
  heading: 'Leave this page?',
  text: 'What is not saved is lost.',
  confirm: 'Leave',
  isDangerous: true,
}

/** Each entry of the history that the portal made has its place in it, counted from where the portal was opened. */
function place(): number {
  const { state } = history
  return typeof state === 'object' && state !== null && typeof state.place === 'number' ? state.place : 0
}

interface Ways {
  hasUnsavedInput(): boolean
  /** Shows the page of the address. */
  show(): void
}

/**
 * Which page is shown, and the ways from it to another. While something that a person typed is unsaved every one of them
 * asks first: links, Back and Forward of the browser, and closing the window.
 */
export class LeaveGuard implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #ways: Ways
  #place = place()
  #path = location.pathname
  /** The browser is at another entry of the history than the page that is shown. */
  #isAway = false
  #isAsking = false
  #arrived: (() => void) | null = null

  constructor(host: ReactiveControllerHost, ways: Ways) {
    this.#host = host
    this.#ways = ways
    host.addController(this)
  }

  hostConnected(): void {
    this.#place = place()
    addEventListener('popstate', this.#onPop)
    addEventListener('beforeunload', this.#onUnload)
  }

  hostDisconnected(): void {
    removeEventListener('popstate', this.#onPop)
    removeEventListener('beforeunload', this.#onUnload)
  }

  /** The path of the page that is shown. */
  get path(): string {
    if (!this.#isAway) this.#path = location.pathname
    return this.#path
  }

  /** Goes to another page as a new entry of the history, whatever is unsaved. */
  go(path: string): void {
    this.#place += 1
    history.pushState({ place: this.#place }, '', path)
    scrollTo(0, 0)
    this.#ways.show()
  }

  /** Goes where a link of the portal leads that was clicked plainly. */
  async follow(event: MouseEvent): Promise<void> {
    const path = linkClicked(event)
    if (path === null) return
    event.preventDefault()
    if (await this.mayLeave()) this.go(path)
  }

  async mayLeave(): Promise<boolean> {
    if (!this.#ways.hasUnsavedInput()) return true
    if (this.#isAsking) return false
    this.#isAsking = true
    try {
      return await agrees(this.#host, QUESTION)
    } finally {
      this.#isAsking = false
    }
  }

  readonly #onUnload = (event: BeforeUnloadEvent) => {
    if (this.#ways.hasUnsavedInput()) event.preventDefault()
  }

  readonly #onPop = () => {
    if (this.#arrived === null) return void this.#follow(place())
    this.#arrived()
    this.#arrived = null
  }

  /** The browser has gone to another entry already: it is taken back before the person is asked. */
  async #follow(to: number): Promise<void> {
    if (to !== this.#place && this.#ways.hasUnsavedInput()) {
      this.#isAway = true
      await this.#travel(this.#place)
      this.#isAway = false
      if (!(await this.mayLeave())) return
      this.#isAway = true
      await this.#travel(to)
      this.#isAway = false
    }
    this.#place = to
    this.#ways.show()
  }

  async #travel(to: number): Promise<void> {
    while (place() !== to) {
      const arrived = new Promise<void>((resolve) => {
        this.#arrived = resolve
      })
      history.go(to - place())
      await arrived
    }
  }
}
