import type { ConnectionTest } from '@fistworks/contract'
import type { FISTWorks } from '@fistworks/sdk'
import { css, html, LitElement, nothing } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'

type Step = ConnectionTest['steps'][number]

const STEP_NAMES: Record<Step['step'], string> = {
  address: 'Find the address',
  connect: 'Connect',
  hostKey: 'Check the host key',
  algorithms: 'Agree on encryption',
  authenticate: 'Sign in',
  uploadDirectory: 'Look into the upload folder',
  writeProbe: 'Write to the upload folder',
  acknowledgementDirectory: 'Look into the acknowledgement folder',
  returnDirectory: 'Look into the folder of returns',
  processedDirectory: 'Look into the folder for files that were read',
  encryption: 'Check the OpenPGP keys',
}
const MARKS: Record<Step['outcome'], string> = { passed: '✓', failed: '✕', skipped: '–' }
const OUTCOMES: Record<Step['outcome'], string> = { passed: 'passed', failed: 'failed', skipped: 'not tried' }

/** Tries a saved connection and shows how far it came, step by step. No payment file is sent. */
@customElement('portal-connection-test')
export class ConnectionTestPanel extends LitElement {
  static override styles = [
    pageStyles,
    css`
      .card {
        max-width: 44rem;
      }
      li {
        display: grid;
        grid-template-columns: 1.75rem 1fr;
        padding-block: 0.5rem;
        border-block-start: 1px solid var(--portal-border);
      }
      li:first-child {
        border: 0;
      }
      .mark {
        font-weight: 700;
        color: var(--tone, var(--portal-muted));
      }
      .passed {
        --tone: var(--portal-positive);
      }
      .failed {
        --tone: var(--portal-critical);
      }
      .unseen {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ]

  @property({ attribute: false }) client!: FISTWorks
  @property({ attribute: false }) connectionId = ''
  @query('#probe') private readonly probe!: HTMLInputElement
  @state() private result: ConnectionTest | null = null
  @state() private failure: Failure | null = null
  @state() private isBusy = false

  private readonly run = async () => {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    this.result = null
    try {
      const { checked } = this.probe
      this.result = await this.client.bankConnections.test(this.connectionId, checked ? { writeProbe: 'true' } : {})
    } catch (error) {
      this.failure = failureOf(error)
    } finally {
      this.isBusy = false
    }
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="title">
      <h2 id="title">Try the connection</h2>
      <p class="muted">Connects, checks the key, signs in and looks into the folders. Nothing is paid.</p>
      <label>
        <input type="checkbox" id="probe" />
        Also put an empty file into the upload folder and remove it again
      </label>
      <p>
        <button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.run}>
          ${this.isBusy ? 'Trying…' : 'Test the connection'}
        </button>
      </p>
      <div role="status" class="stack">${this.result === null ? nothing : this.outcome(this.result)}</div>
      ${failureNotice(this.failure)}
    </section>`
  }

  private outcome({ passed, steps }: ConnectionTest) {
    return html`<p class="notice ${passed ? 'positive' : 'critical'}">
        ${passed ? 'Everything works.' : 'It did not work. The first step that failed says what to do.'}
      </p>
      <ol>
        ${steps.map(
          (step) => html`<li class=${step.outcome}>
            <span class="mark" aria-hidden="true">${MARKS[step.outcome]}</span>
            <span>
              <strong>${STEP_NAMES[step.step]}</strong> <span class="unseen">${OUTCOMES[step.outcome]}</span>
              <small>${step.detail}</small>
            </span>
          </li>`,
        )}
      </ol>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-connection-test': ConnectionTestPanel
  }
}
