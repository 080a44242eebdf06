import { type ApprovalPolicy, type ApprovalRule, formatCents } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { Loader } from '../ui/loader.ts'
import { MemberSection } from './member-section.ts'
import { type DraftRule, draftOf, rulesOf } from './policy-draft.ts'
import { policyRuleFields } from './policy-rule-fields.ts'
import { dayOf } from './role-words.ts'

const ruleStyles = css`
  fieldset {
    display: grid;
    gap: 0.625rem;
    padding: 0.75rem 1rem 1rem;
    border: 1px solid var(--portal-border);
    border-radius: 0.5rem;
  }
  legend {
    padding-inline: 0.375rem;
    font-weight: 650;
  }
`

/** How many approvals files need, from what amount and by whom; and how that is changed. */
@customElement('portal-approval-policy')
export class ApprovalPolicySection extends MemberSection {
  static override styles = [...MemberSection.styles, ruleStyles]

  @state() private draft: DraftRule[] | null = null
  private readonly policy = new Loader(this, () => this.client.approvalPolicy.retrieve())

  override connectedCallback(): void {
    super.connectedCallback()
    void this.policy.load()
  }

  private readonly onEdit = async () => {
    if (this.policy.value === null) return
    this.draft = draftOf(this.policy.value.rules)
    await this.focusOn('#approvals-0')
  }

  private readonly onBack = async () => {
    this.draft = null
    await this.focusOn('.change')
  }

  private readonly onAdd = async () => {
    const draft = this.draft ?? []
    this.draft = [...draft, { from: '', approvals: '2', people: [] }]
    await this.focusOn(`#from-${draft.length}`)
  }

  /** What was pressed is gone: the focus goes to what comes next. */
  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  private readonly onSave = async (event: SubmitEvent) => {
    event.preventDefault()
    const { draft } = this
    const policy = this.policy.value
    if (draft === null || policy === null) return
    const days = Number(new FormData(event.target as HTMLFormElement).get('expiresAfterDays'))
    const { rules, errors } = rulesOf(draft)
    this.errors = errors
    if (rules === null) return this.showWrong()
    await this.change(() =>
      this.client.approvalPolicy.update({ version: policy.version, rules, expiresAfterDays: days }),
    )
  }

  private async change(call: () => Promise<ApprovalPolicy>): Promise<void> {
    await this.tell(async () => {
      const policy = await call()
      this.policy.value = policy
      this.errors = {}
      await this.onBack()
      return policy.proposal === null
        ? 'The approval policy is changed.'
        : 'It asks for less than before, so another owner or administrator must confirm it.'
    })
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="policy">
      <h2 id="policy">Approvals</h2>
      <p>How many people approve a file before it can be sent. Whoever wrote it, or changed an account it pays, never counts.</p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.policy.show('the approval policy', (policy) => (this.draft === null ? this.shown(policy) : this.form(policy)))}
    </section>`
  }

  private shown(policy: ApprovalPolicy) {
    const { problem, alone, proposal } = policy
    const mayChange = this.may('approval-policy:write')
    return html`${rulesList(policy.rules, policy.expiresAfterDays)}
      ${problem === null ? nothing : html`<p class="notice critical" role="status">${problem} Such files cannot be approved.</p>`}
      ${
        alone.length === 0
          ? html`<p class="muted">Nobody can send money without another person.</p>`
          : html`<p class="notice caution">
              ${alone.map(({ name }) => name).join(', ')} could send money alone: with an API key of their own that drafts, and
              one approval. Two approvals for every file end that.
            </p>`
      }
      ${proposal === null ? nothing : this.proposal(proposal, mayChange)}
      ${mayChange ? html`<p><button type="button" class="button change" @click=${this.onEdit}>Change the policy</button></p>` : nothing}`
  }

  private proposal(proposal: NonNullable<ApprovalPolicy['proposal']>, mayChange: boolean) {
    const { number, rules, expiresAfterDays, by, expiresAt } = proposal
    const decide = (verb: 'confirm' | 'discard') => () =>
      this.change(() => this.client.approvalPolicy[verb]({ number }))
    return html`<div class="notice caution">
      <p><strong>${by.name ?? 'Somebody'}</strong> wants to ask for less. It waits for another owner or administrator until ${dayOf(expiresAt)}.</p>
      ${rulesList(rules, expiresAfterDays)}
      ${
        mayChange
          ? html`<p class="actions">
              <button type="button" class="button primary" @click=${decide('confirm')}>Confirm the change</button>
              <button type="button" class="button" @click=${decide('discard')}>Give it up</button>
            </p>`
          : nothing
      }
    </div>`
  }

  private form({ approvers, expiresAfterDays }: ApprovalPolicy) {
    const draft = this.draft ?? []
    const set = (rules: DraftRule[]) => {
      const isFewer = rules.length < draft.length
      this.draft = rules
      if (isFewer) void this.focusOn('.add-rule')
    }
    return html`<form class="stack" novalidate @submit=${this.onSave} @input=${this.onInput}>
      ${draft.map((rule, index) => policyRuleFields({ rule, index, approvers, errors: this.errors, draft, set }))}
      <p>
        <button type="button" class="button add-rule" @click=${this.onAdd}>Add a rule</button>
      </p>
      ${textField({ name: 'expiresAfterDays', label: 'Days until a request lapses', value: String(expiresAfterDays), inputMode: 'numeric', maxLength: 2, error: this.errors['expiresAfterDays'] })}
      <p class="actions">
        <button type="submit" class="button primary" ?disabled=${this.isBusy}>Save the policy</button>
        <button type="button" class="button" @click=${this.onBack}>Go back</button>
      </p>
    </form>`
  }
}

/** `2 approvals by anybody who may approve, for every file`. */
function rulesList(rules: readonly ApprovalRule[], expiresAfterDays: number) {
  return html`<ul>
      ${rules.map(
        ({ fromCents, approvals, people }) => html`<li>
          ${approvals} ${approvals === 1 ? 'approval' : 'approvals'} by
          ${people === null ? 'anybody who may approve' : people.map(({ name }) => name).join(', ')},
          ${fromCents === 0 ? 'for every file' : `for files from ${formatCents(fromCents)}`}
        </li>`,
      )}
    </ul>
    <p class="muted">A request that nobody decides lapses after ${expiresAfterDays} ${expiresAfterDays === 1 ? 'day' : 'days'}. The amount of a file is the larger of what it pays and what it collects.</p>`
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-approval-policy': ApprovalPolicySection
  }
}
