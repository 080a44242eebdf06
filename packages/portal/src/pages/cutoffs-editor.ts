import type { BankCutoff, BankCutoffs } from '@fistworks/contract'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { sentenceAbout } from '../ui/field.ts'

/** The cutoffs were changed by the person. */
export class CutoffsEvent extends Event {
  constructor() {
    super('portal-cutoffs')
  }
}

const ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles']
const LEADS = { 0: 'settles the same day', 1: 'settles the next banking day', 2: 'settles in two banking days' }

/** When the bank takes files: rows of times, in the order of the day. */
@customElement('portal-cutoffs')
export class CutoffsEditor extends LitElement {
  static override styles = [
    pageStyles,
    formStyles,
    css`
      .row {
        display: grid;
        grid-template-columns: 8rem minmax(0, 2fr) minmax(0, 1fr) auto;
        gap: 0.625rem;
        align-items: start;
      }
      .row .button {
        margin-block-start: 1.75rem;
      }
      @media (max-width: 40rem) {
        .row {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ]

  @property({ attribute: false }) cutoffs: BankCutoffs | null = null
  @property() error = ''

  private change(cutoffs: BankCutoffs | null): void {
    this.cutoffs = cutoffs
    this.error = ''
    this.dispatchEvent(new CutoffsEvent())
  }

  private changeTime(index: number, change: Partial<BankCutoff>): void {
    if (this.cutoffs === null) return
    const times = this.cutoffs.times.map((time, at) => (at === index ? { ...time, ...change } : time))
    this.change({ ...this.cutoffs, times })
  }

  private readonly add = async () => {
    const { timeZone = 'America/New_York', times = [] } = this.cutoffs ?? {}
    this.change({ timeZone, times: [...times, { by: '17:00', leadDays: 1 }] })
    await this.focusOn(`#by-${times.length}`)
  }

  private drop(index: number): void {
    if (this.cutoffs === null) return
    const times = this.cutoffs.times.filter((_, at) => at !== index)
    this.change(times.length === 0 ? null : { ...this.cutoffs, times })
    void this.focusOn('.add')
  }

  private async focusOn(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  protected override render() {
    return html`<div class="stack" role="group" aria-label="Cutoffs" aria-describedby="why">
      <p class="hint" id="why">
        The times by which the bank takes files, from its agreement, in the order of the day. Without them nothing is
        promised about when payments arrive.
      </p>
      ${this.cutoffs === null ? nothing : [this.zone(this.cutoffs), ...this.cutoffs.times.map((time, index) => this.row(time, index))]}
      ${this.error ? html`<p class="wrong" role="alert">${sentenceAbout('The list of cutoffs', this.error)}</p>` : nothing}
      <p><button type="button" class="button add" @click=${this.add}>Add a cutoff</button></p>
    </div>`
  }

  private zone({ timeZone, times }: BankCutoffs) {
    const zones = ZONES.includes(timeZone) ? ZONES : [timeZone, ...ZONES]
    const choose = (event: Event) => this.change({ timeZone: (event.target as HTMLSelectElement).value, times })
    return html`<div class="field">
      <label for="zone">The bank’s clock</label>
      <select id="zone" @change=${choose}>
        ${zones.map((zone) => html`<option value=${zone} ?selected=${zone === timeZone}>${zone.replaceAll('_', ' ')}</option>`)}
      </select>
    </div>`
  }

  private row({ by, leadDays, dayAfter, name }: BankCutoff, index: number) {
    const nth = `Cutoff ${index + 1}`
    return html`<div class="row">
      <div class="field">
        <label for="by-${index}">Until</label>
        <input
          id="by-${index}"
          type="time"
          aria-label="${nth}: until"
          .value=${by}
          @change=${(event: Event) => this.changeTime(index, { by: (event.target as HTMLInputElement).value })}
        />
      </div>
      <div class="field">
        <label for="lead-${index}">A file that makes it</label>
        <select
          id="lead-${index}"
          aria-label="${nth}: a file that makes it"
          @change=${(event: Event) => this.changeTime(index, { leadDays: Number((event.target as HTMLSelectElement).value) as 0 | 1 | 2 })}
        >
          ${Object.entries(LEADS).map(([days, words]) => html`<option value=${days} ?selected=${Number(days) === leadDays}>${words}</option>`)}
        </select>
        <label class="check">
          <input
            type="checkbox"
            aria-label="${nth}: in the night after"
            .checked=${dayAfter === true}
            @change=${(event: Event) => this.changeTime(index, { dayAfter: (event.target as HTMLInputElement).checked })}
          />
          <span>in the night after</span>
        </label>
      </div>
      <div class="field">
        <label for="name-${index}">Called</label>
        <input
          id="name-${index}"
          type="text"
          maxlength="100"
          aria-label="${nth}: called"
          .value=${name ?? ''}
          @change=${(event: Event) => this.rename(index, (event.target as HTMLInputElement).value.trim())}
        />
      </div>
      <button type="button" class="button quiet" aria-label="Remove ${nth}" @click=${() => this.drop(index)}>Remove</button>
    </div>`
  }

  private rename(index: number, name: string): void {
    if (this.cutoffs === null) return
    const times = this.cutoffs.times.map((time, at) => {
      if (at !== index) return time
      const { name: _name, ...rest } = time
      return name === '' ? rest : { ...rest, name }
    })
    this.change({ ...this.cutoffs, times })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-cutoffs': CutoffsEditor
  }
  interface HTMLElementEventMap {
    'portal-cutoffs': CutoffsEvent
  }
}
