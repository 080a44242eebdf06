import type { OpenSession } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { type Failure, failureNotice, failureOf } from '../ui/failure.ts'
import { Loader } from '../ui/loader.ts'
import { PortalPage } from './portal-page.ts'
import { programWords } from './program-words.ts'

/** Where the person is signed in, and how they sign out elsewhere. */
@customElement('portal-open-sessions')
export class OpenSessions extends PortalPage {
  static override styles = [pageStyles, tableStyles]

  @state() private said = ''
  @state() private failure: Failure | null = null
  @state() private isBusy = false
  private readonly sessions = new Loader(this, async () => (await this.client.openSessions.list()).data)

  override connectedCallback(): void {
    super.connectedCallback()
    void this.sessions.load()
  }

  private readonly end = (session: OpenSession) =>
    this.change(async () => {
      await this.client.openSessions.end(session.id)
      return `${programWords(session.program)} was signed out.`
    })

  private readonly endOthers = () =>
    this.change(async () => {
      const { count } = await this.client.openSessions.endOthers()
      return count === 1 ? 'One other session was signed out.' : `${count} other sessions were signed out.`
    })

  private async change(work: () => Promise<string>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    this.said = ''
    try {
      this.said = await work()
    } catch (error) {
      this.failure = failureOf(error)
    } finally {
      this.isBusy = false
    }
    await this.sessions.load()
  }

  protected override render() {
    return html`<section class="card stack" aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <p>Sign out whatever you do not know, and tell your administrator. What a program calls itself can be made up.</p>
      ${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.sessions.show('your sessions', (sessions) => this.table(sessions))}
    </section>`
  }

  private table(sessions: readonly OpenSession[]) {
    return html`<table>
        <thead>
          <tr>
            <th scope="col">Program</th>
            <th scope="col">Address</th>
            <th scope="col">Signed in</th>
            <th scope="col">Last seen</th>
            <th scope="col" class="end"><span class="muted">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          ${sessions.map((session) => this.row(session))}
        </tbody>
      </table>
      ${
        sessions.length < 2
          ? nothing
          : html`<p>
            <button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : 'false'} @click=${this.endOthers}>
              Sign out everywhere else
            </button>
          </p>`
      }`
  }

  private row(session: OpenSession) {
    const program = programWords(session.program)
    return html`<tr>
      <td class="main"><strong>${program}</strong> ${session.isCurrent ? html`<span class="badge positive">This one</span>` : nothing}</td>
      <td data-label="Address">${session.address ?? 'Unknown'}</td>
      <td data-label="Signed in">${timeOf(session.signedInAt)}</td>
      <td data-label="Last seen">${session.isCurrent ? 'Now' : timeOf(session.seenAt)}</td>
      <td class="end">
        ${
          session.isCurrent
            ? nothing
            : html`<button type="button" class="button quiet" aria-label="Sign out ${program}" @click=${() => this.end(session)}>
              Sign out
            </button>`
        }
      </td>
    </tr>`
  }
}

const timeOf = (instant: string) =>
  new Date(instant).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' })

declare global {
  interface HTMLElementTagNameMap {
    'portal-open-sessions': OpenSessions
  }
}
