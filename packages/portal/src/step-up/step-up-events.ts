import type { PortalSession } from '@fistworks/contract'

/** The session goes on with this one: the person has confirmed. */
export class SteppedUpEvent extends Event {
  readonly session: PortalSession

  constructor(session: PortalSession) {
    super('portal-stepped-up', { bubbles: true, composed: true })
    this.session = session
  }
}

/** What the person can confirm with is not what it was. */
export class FactorsChangedEvent extends Event {
  constructor() {
    super('portal-factors-changed', { bubbles: true, composed: true })
  }
}

/** The person wants to sign in anew, and to go on where they are. */
export class SignInAgainEvent extends Event {
  constructor() {
    super('portal-sign-in-again', { bubbles: true, composed: true })
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-stepped-up': SteppedUpEvent
    'portal-factors-changed': FactorsChangedEvent
    'portal-sign-in-again': SignInAgainEvent
  }
}
