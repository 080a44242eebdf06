import { formatCents, type Id, type Return } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { Loader } from '../ui/loader.ts'
import { againInWords, KIND_WORDS } from './return-words.ts'

const SHOWN = 100

/** What banks said about the entries of one payment; nothing where they said nothing. */
@customElement('portal-payment-returns')
export class PaymentReturns extends LitElement {
  static override styles = [
    pageStyles,
    tableStyles,
    css`
      .card {
        margin-block-start: 1.25rem;
      }
      h2 {
        margin-block-end: 1rem;
      }
    `,
  ]

  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) fileId!: Id<'ach'>

  private readonly returns = new Loader(this, async () => {
    const { data } = await this.client.returns.list({ achFileId: this.fileId, limit: SHOWN })
    return data
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.returns.load()
  }

  protected override render() {
    if (this.returns.failure === null && (this.returns.value?.length ?? 0) === 0) return nothing
    return html`<section class="card" aria-labelledby="banks">
      <h2 id="banks">What the bank said</h2>
      ${this.returns.show(
        'returns',
        (returns) => html`<table>
        <thead><tr><th scope="col">Recipient</th><th scope="col">What happened</th><th scope="col" class="end">Amount</th></tr></thead>
        <tbody>${returns.map((one) => this.row(one))}</tbody>
      </table>`,
      )}
    </section>`
  }

  private row(one: Return) {
    return html`<tr>
      <td class="main"><strong><a href="/returns/${one.id}">${one.recipientName}</a></strong><small>••••${one.accountNumberLast4}</small></td>
      <td data-label="What happened"><span>${KIND_WORDS[one.kind]}: ${one.reason} <span class="muted">${one.code}</span><small>${againInWords(one)}</small></span></td>
      <td data-label="Amount" class="end">${formatCents(one.amountCents)}</td>
    </tr>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-payment-returns': PaymentReturns
  }
}
