/** What all our events have in common: they leave the shadow tree, and `detail` holds ids and masked data only. */
export class FistEvent<Detail> extends Event {
  readonly detail: Detail

  constructor(type: string, detail: Detail, options: { cancelable?: boolean } = {}) {
    super(type, { bubbles: true, composed: true, ...options })
    this.detail = detail
  }
}
