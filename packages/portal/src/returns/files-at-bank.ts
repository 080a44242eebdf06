import type { FilesAtBank } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { html, LitElement, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'

/**
 * Looks into the return folder of a bank, and fetches what is chosen.
 *
 * @fires portal-fetched - Files are being fetched.
 */
@customElement('portal-files-at-bank')
export class FilesAtBankElement extends LitElement {
  static override styles = [pageStyles, formStyles]

  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) connectionId = ''
  @state() private found: FilesAtBank | null = null
  @state() private chosen: ReadonlySet<string> = new Set()
  @state() private failure: Failure | null = null
  @state() private said = ''
  @state() private isBusy = false

  private async run(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    this.said = ''
    try {
      await work()
    } catch (error) {
      this.failure = failureOf(error)
    }
    this.isBusy = false
  }

  private readonly look = () =>
    this.run(async () => {
      this.found = await this.client.inboundFiles.listAtBank(this.connectionId)
      this.chosen = new Set(this.found.files.filter((file) => file.inboundFileId === null).map(({ name }) => name))
    })

  private readonly fetchChosen = () =>
    this.run(async () => {
      const names = [...this.chosen]
      await this.client.inboundFiles.fetch(this.connectionId, { names })
      this.said = `${names.length === 1 ? 'One file is' : `${names.length} files are`} being fetched.`
      this.found = null
      this.dispatchEvent(new Event('portal-fetched', { bubbles: true, composed: true }))
    })

  private toggle(name: string, isChosen: boolean): void {
    const chosen = new Set(this.chosen)
    if (isChosen) chosen.add(name)
    else chosen.delete(name)
    this.chosen = chosen
  }

  protected override render() {
    return html`<div class="stack">
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      <p><button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.look}>See what lies at the bank</button></p>
      ${this.found === null ? nothing : this.list(this.found)}
    </div>`
  }

  private list({ files, leftOut, hasMore, directory }: FilesAtBank) {
    if (files.length === 0 && leftOut.length === 0) return html`<p role="status">Nothing lies in ${directory} now.</p>`
    const isNone = this.chosen.size === 0
    return html`<fieldset class="stack"><legend class="label">In ${directory}</legend>
        ${files.map(
          ({
            name,
            sizeBytes,
            inboundFileId,
          }) => html`<label><input type="checkbox" .checked=${this.chosen.has(name)} @change=${(event: Event) => this.toggle(name, (event.target as HTMLInputElement).checked)} />
            ${name} <span class="muted">${sizeBytes.toLocaleString('en-US')} bytes${inboundFileId === null ? '' : ', fetched before'}</span></label>`,
        )}
        ${leftOut.map(({ name, reason }) => html`<p class="hint">${name}: ${reason}</p>`)}
        ${hasMore ? html`<p class="hint">More lies there than is listed.</p>` : nothing}
      </fieldset>
      <p><button type="button" class="button primary" aria-disabled=${isNone || this.isBusy ? 'true' : 'false'} @click=${isNone ? nothing : this.fetchChosen}>Fetch what is chosen</button></p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-files-at-bank': FilesAtBankElement
  }
}
