import { css, html, LitElement, nothing } from 'lit'
import { property } from 'lit/decorators.js'
import { masked } from '../../internal/masked.ts'
import { baseStyles } from '../../styles/base.ts'

/**
 * The end of a number, as `••••6789` or `*****0021`, read out as "account ending in 6789". It is given the last digits
 * only; of anything longer it shows the last four.
 */
export class FistMasked extends LitElement {
  static readonly elementName = 'fist-masked'
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline;
        font: inherit;
        color: inherit;
      }
    `,
  ]

  /** The last digits: `accountNumberLast4`, or the digits of `routingNumberMasked`. */
  @property() last = ''
  @property() kind: 'account' | 'routing' = 'account'

  protected override render() {
    return this.last === '' ? nothing : html`${masked(this.last.replaceAll('*', ''), this.kind)}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-masked': FistMasked
  }
}
