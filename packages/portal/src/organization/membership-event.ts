/** Where the person may work has changed: the session is asked for anew. */
export class MembershipEvent extends Event {
  /** Where to go on; `null` for wherever there is something. */
  readonly organizationId: string | null

  constructor(organizationId: string | null) {
    super('portal-membership', { bubbles: true, composed: true })
    this.organizationId = organizationId
  }
}

declare global {
  interface HTMLElementEventMap {
    'portal-membership': MembershipEvent
  }
}
