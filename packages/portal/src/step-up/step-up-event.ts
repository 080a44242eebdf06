/** A page asks that the person confirms with a passkey; whoever hears it sets `granted`. */
export class StepUpEvent extends Event {
  granted: Promise<boolean> = Promise.resolve(false)

  constructor() {
    super('portal-step-up', { bubbles: true, composed: true })
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-step-up': StepUpEvent
  }
}
