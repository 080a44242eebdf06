import type { BankConnection, InboundFile, InboundPoll } from '@fistworks/contract'
import './files-at-bank.ts'
import { html, nothing } from 'lit'
import { customElement } from 'lit/decorators.js'
import { FormPage } from '../pages/form-page.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { returnsStyles, returnsTabs } from './returns-tabs.ts'

const STATES: Readonly<Record<InboundFile['state'], { words: string; tone: string }>> = {
  stored: { words: 'Being read', tone: '' },
  processed: { words: 'Read', tone: 'positive' },
  notUnderstood: { words: 'Not understood', tone: 'critical' },
}

const momentOf = (instant: string) =>
  new Date(instant).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' })

/** Files that banks put down: what was in them, what could not be read, and what lies there now. */
@customElement('portal-inbound-files')
export class InboundFilesPage extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles, returnsStyles]

  private readonly data = new Loader(this, async () => {
    const [files, polls, connections] = await Promise.all([
      this.client.inboundFiles.list({ limit: 100 }),
      this.client.inboundFiles.polls(),
      this.client.bankConnections.list({ limit: 200 }),
    ])
    const withReturns = connections.data.filter((one) => one.returnDirectory !== null && one.archivedAt === null)
    return { files: files.data, polls: polls.data, connections: withReturns }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private readonly again = async (id: string) => {
    this.failure = null
    await this.attempt(async () => {
      await this.client.inboundFiles.reprocess(id)
      await this.data.load()
    })
  }

  protected override render() {
    return html`${returnsTabs('/returns/files')}
      ${failureNotice(this.failure)}
      ${this.data.show('files of the banks', ({ files, polls, connections }) => [
        connections.length === 0 ? this.noFolder() : connections.map((one) => this.connection(one, polls)),
        files.length === 0 ? this.empty() : this.table(files),
      ])}`
  }

  private noFolder() {
    return html`<section class="card empty"><h2>No return folder yet</h2>
      <p>Tell the bank connection where the bank puts returns, and they are fetched by themselves.</p>
      <p><a class="button" href="/bank-connections">Bank connections</a></p></section>`
  }

  private connection({ id, name }: BankConnection, polls: readonly InboundPoll[]) {
    const poll = polls.find(({ bankConnectionId }) => bankConnectionId === id)
    const last = poll?.lastAt ? `Last looked at ${momentOf(poll.lastAt)}.` : 'Not looked at yet.'
    const next = poll?.nextAt ? ` Next at ${momentOf(poll.nextAt)}.` : ''
    return html`<section class="card stack" aria-labelledby=${id}>
      <h2 id=${id}>${name}</h2>
      <p class="muted">${last}${next}</p>
      ${poll?.problem ? html`<p class="notice caution">${poll.problem}</p>` : nothing}
      ${
        this.may('returns:write')
          ? html`<portal-files-at-bank .client=${this.client} .connectionId=${id} @portal-fetched=${this.data.load}></portal-files-at-bank>`
          : nothing
      }
    </section>`
  }

  private empty() {
    return html`<section class="card empty"><h2>No file yet</h2><p>What a bank puts into its return folder is kept sealed, as it came.</p></section>`
  }

  private table(files: readonly InboundFile[]) {
    return html`<section class="card" aria-label="Files of the banks">
      <table>
        <thead><tr><th scope="col">File</th><th scope="col">What was in it</th><th scope="col">Received</th><th scope="col" class="end">State</th></tr></thead>
        <tbody>${files.map((file) => this.row(file))}</tbody>
      </table>
    </section>`
  }

  private row(file: InboundFile) {
    const { words, tone } = STATES[file.state]
    return html`<tr>
      <td class="main"><strong><a href="/returns/files/${file.id}">${file.name}</a></strong>
        ${file.otherNames.length === 0 ? nothing : html`<small>also ${file.otherNames.join(', ')}</small>`}
        <small>${file.sizeBytes.toLocaleString('en-US')} bytes</small></td>
      <td data-label="What was in it"><span>${contentOf(file)}${file.problem === null ? nothing : html`<small>${file.problem}</small>`}</span></td>
      <td data-label="Received">${momentOf(file.receivedAt)}</td>
      <td class="end"><span class="badge ${tone}">${words}</span>
        ${
          file.state === 'notUnderstood' && this.may('returns:write')
            ? html`<p><button type="button" class="button quiet" aria-label="Read again: ${file.name}" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${() => this.again(file.id)}>Read again</button></p>`
            : nothing
        }</td>
    </tr>`
  }
}

/** `3 returns, 1 correction, 1 without a payment` */
function contentOf({ kind, counts }: InboundFile): string {
  if (kind === 'acknowledgement') return 'The answer to a file of yours'
  const parts: [number, string, string][] = [
    [counts.returns, 'return', 'returns'],
    [counts.corrections, 'correction', 'corrections'],
    [counts.acknowledgments, 'confirmation', 'confirmations'],
    [counts.unmatched, 'without a payment', 'without a payment'],
    [counts.repeated, 'known already', 'known already'],
    [counts.others, 'other entry', 'other entries'],
  ]
  const said = parts.filter(([count]) => count > 0).map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
  return said.length === 0 ? 'Nothing' : said.join(', ')
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-inbound-files': InboundFilesPage
  }
}
