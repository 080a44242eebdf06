/** Asks the portal to show another of its pages. */
export class NavigateEvent extends Event {
  readonly path: string

  constructor(path: string) {
    super('portal-navigate', { bubbles: true, composed: true })
    this.path = path
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-navigate': NavigateEvent
  }
}
