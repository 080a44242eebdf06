import type { Deliveries } from '@fistworks/contract'
import { css, html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { failureNotice } from '../ui/failure.ts'
import { textField } from '../ui/field.ts'
import { textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { FormPage } from './form-page.ts'

const AT = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' })
const WORDS = {
  stop: {
    ask: 'Stop all deliveries',
    text: 'Nothing goes to any of your banks from then on, until somebody resumes it. Files wait, and may miss their cutoffs.',
  },
  resume: {
    ask: 'Resume deliveries',
    text: 'Everything that waits goes to the banks at once. What missed its cutoff is not sent by itself.',
  },
} as const

const ownStyles = css`
  .notice,
  .below {
    margin-block-end: 1rem;
  }
`

/** Says that nothing goes to the banks; with `hasControls` it also stops and resumes. */
@customElement('portal-deliveries')
export class DeliveriesSwitch extends FormPage {
  static override styles = [...FormPage.styles, ownStyles]

  @property({ type: Boolean }) hasControls = false
  @state() private asked: 'stop' | 'resume' | null = null

  private readonly deliveries = new Loader(this, () => this.client.deliveries.retrieve())

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.may('submissions:read')) void this.deliveries.load()
  }

  private readonly decide = async (event: SubmitEvent) => {
    event.preventDefault()
    const { asked } = this
    const reason = textsOf(event.target as HTMLFormElement)['reason']?.trim() ?? ''
    this.failure = null
    this.errors = reason === '' ? { reason: 'must not be empty' } : {}
    if (asked === null) return
    if (reason === '') return this.showWrong()
    await this.attempt(async () => {
      this.deliveries.value = await this.client.deliveries[asked]({ reason })
      this.settle()
      await this.ask(null)
    })
  }

  /** The focus goes along, to what can be done next. */
  private async ask(asked: 'stop' | 'resume' | null): Promise<void> {
    this.asked = asked
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(asked === null ? 'button' : '#reason')?.focus()
  }

  protected override render() {
    const deliveries = this.deliveries.value
    if (deliveries === null) return nothing
    return html`${deliveries.isStopped ? this.banner(deliveries) : nothing} ${this.hasControls ? this.controls(deliveries) : nothing}`
  }

  private banner({ stops }: Deliveries) {
    return html`<div class="notice critical" role="status">
      <strong>Nothing goes to the banks</strong>
      ${stops.map(
        ({ by, reason, at, actor }) =>
          html`<p>${by === 'operator' ? 'The operator of this server' : (actor?.name ?? 'Somebody')} stopped all deliveries on ${AT.format(new Date(at))}: ${reason}</p>`,
      )}
      ${this.hasControls || !this.may('deliveries:resume') ? nothing : html`<p><a href="/bank-connections">Resume them</a></p>`}
    </div>`
  }

  private controls({ stops }: Deliveries) {
    const isOwn = stops.some(({ by }) => by === 'organization')
    const verb = isOwn ? 'resume' : 'stop'
    if (!this.may(`deliveries:${verb}`)) return nothing
    if (this.asked === verb) return this.form(verb)
    return html`<div class="actions below">
      <button type="button" class="button" @click=${() => this.ask(verb)}>${WORDS[verb].ask}</button>
    </div>`
  }

  private form(verb: 'stop' | 'resume') {
    return html`<form class="card stack" novalidate @submit=${this.decide} @input=${this.onInput}>
      <h2>${WORDS[verb].ask}?</h2>
      <p>${WORDS[verb].text}</p>
      <div class="fields">
        ${textField({ name: 'reason', label: 'Why', hint: 'Everybody of the organization reads it.', error: this.errors['reason'], isRequired: true, isWide: true, maxLength: 100 })}
      </div>
      ${failureNotice(this.failure)}
      <div class="actions">
        <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>${WORDS[verb].ask} now</button>
        <button type="button" class="button" @click=${() => this.ask(null)}>Leave it as it is</button>
      </div>
    </form>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-deliveries': DeliveriesSwitch
  }
}
