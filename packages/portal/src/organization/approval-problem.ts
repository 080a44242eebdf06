import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { Loader } from '../ui/loader.ts'

/** Says on the page of a payment that nobody can meet the approval policy any more, such as after people have left. */
@customElement('portal-approval-problem')
export class ApprovalProblem extends LitElement {
  static override styles = [pageStyles]

  @property({ attribute: false }) client!: FISTWorks
  private readonly policy = new Loader(this, () => this.client.approvalPolicy.retrieve())

  override connectedCallback(): void {
    super.connectedCallback()
    void this.policy.load()
  }

  protected override render() {
    const problem = this.policy.value?.problem ?? null
    if (problem === null) return nothing
    return html`<p class="notice critical" role="status">
      ${problem} Until then such files cannot be approved. An owner or administrator changes the policy on the
      <a href="/organization">page of the organization</a>.
    </p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-approval-problem': ApprovalProblem
  }
}
