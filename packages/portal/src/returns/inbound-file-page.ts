import type { InboundContent } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { PortalPage } from '../pages/portal-page.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { returnsStyles, returnsTabs } from './returns-tabs.ts'

type Line = InboundContent['lines'][number]

/** One file of a bank, line by line in words; accounts and names stay hidden. */
@customElement('portal-inbound-file')
export class InboundFilePage extends PortalPage {
  static override styles = [pageStyles, tableStyles, returnsStyles]

  @property({ attribute: false }) fileId = ''
  @state() private failure: Failure | null = null

  private readonly data = new Loader(this, async () => {
    const [file, content] = await Promise.all([
      this.client.inboundFiles.retrieve(this.fileId),
      this.client.inboundFiles.content(this.fileId),
    ])
    return { file, lines: content.lines, nextLine: content.nextLine }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private async more(from: number): Promise<void> {
    const { value } = this.data
    if (value === null) return
    try {
      const { lines, nextLine } = await this.client.inboundFiles.content(this.fileId, { from: String(from) })
      this.data.value = { ...value, lines: [...value.lines, ...lines], nextLine }
      this.failure = null
      this.requestUpdate()
    } catch (error) {
      this.failure = failureOf(error)
    }
  }

  protected override render() {
    return html`${returnsTabs('/returns/files')}
      <p class="bar"><a href="/returns/files">All files of the bank</a></p>
      ${this.data.show('the file', ({ file, lines, nextLine }) => [
        html`<section class="card stack" aria-labelledby="file">
          <h2 id="file">${file.name}</h2>
          ${file.problem === null ? nothing : html`<p class="notice caution">${file.problem}</p>`}
          <p class="muted">${file.sizeBytes.toLocaleString('en-US')} bytes, kept as they came. Accounts and names are hidden here.</p>
          ${lines.length === 0 ? html`<p>There is nothing to read in it.</p>` : this.table(lines)}
        </section>`,
        failureNotice(this.failure),
        nextLine === null
          ? nothing
          : html`<p><button type="button" class="button" @click=${() => this.more(nextLine)}>Show more lines</button></p>`,
      ])}`
  }

  private table(lines: readonly Line[]) {
    return html`<table aria-label="Lines of the file">
      <thead><tr><th scope="col">Line</th><th scope="col">What it says</th></tr></thead>
      <tbody>${lines.map(
        ({ line, words, raw }) => html`<tr>
          <td data-label="Line">${line}</td>
          <td class="main">${words}<small class="code">${raw}</small></td>
        </tr>`,
      )}</tbody>
    </table>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-inbound-file': InboundFilePage
  }
}
