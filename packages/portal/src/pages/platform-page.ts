import { type Platform, type PlatformAdministrator, PlatformInvitation, PlatformUpdate } from '@fistworks/contract'
import { html, nothing } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { tableStyles } from '../styles/table-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { areaField, textField } from '../ui/field.ts'
import { errorsOfIssues, textsOf } from '../ui/form-errors.ts'
import { Loader } from '../ui/loader.ts'
import { FormPage } from './form-page.ts'
import { agrees } from '../ui/question-dialog.ts'

/** An accounting product: its name and pages, how it is shown, and who looks after it. */
@customElement('portal-platform')
export class PlatformPage extends FormPage {
  static override styles = [pageStyles, formStyles, tableStyles]

  @property({ attribute: false }) platformId = ''
  @state() private said = ''
  private readonly data = new Loader(this, async () => {
    const [platform, administrators] = await Promise.all([
      this.client.platforms.retrieve(this.platformId),
      this.client.platforms.listAdministrators(this.platformId),
    ])
    return { platform, administrators: administrators.data }
  })

  override connectedCallback(): void {
    super.connectedCallback()
    void this.data.load()
  }

  private async change(said: string, change: () => Promise<unknown>): Promise<void> {
    this.failure = null
    this.said = ''
    await this.attempt(async () => {
      await change()
      this.said = said
      this.settle()
      await this.data.load()
    })
  }

  private readonly save = async (event: SubmitEvent) => {
    event.preventDefault()
    const {
      name = '',
      allowedOrigins = '',
      displayName = '',
      accentColor = '',
    } = textsOf(event.target as HTMLFormElement)
    const origins = allowedOrigins.split(/[\s,]+/).filter((line) => line !== '')
    const branding = { displayName: displayName || null, accentColor: accentColor || null }
    const checked = PlatformUpdate.safeParse({ name, allowedOrigins: origins, branding })
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues, { name })
    if (!checked.success) return this.showWrong()
    await this.change('Saved.', () => this.client.platforms.update(this.platformId, checked.data))
  }

  private readonly invite = async (event: SubmitEvent) => {
    event.preventDefault()
    const form = event.target as HTMLFormElement
    const checked = PlatformInvitation.safeParse(textsOf(form))
    this.errors = checked.success ? {} : errorsOfIssues(checked.error.issues)
    if (!checked.success) return this.showWrong()
    await this.change(`${checked.data.email} was asked.`, async () => {
      await this.client.platforms.inviteAdministrator(this.platformId, checked.data)
      form.reset()
    })
  }

  private readonly takeAway = async ({ email }: PlatformAdministrator) => {
    const isSure = await agrees(this, {
      heading: `Take ${email} away?`,
      text: 'They can do nothing for the platform any more.',
      confirm: 'Take away',
      isDangerous: true,
    })
    if (!isSure) return
    await this.change(`${email} was taken away.`, () =>
      this.client.platforms.removeAdministrator(this.platformId, { email }),
    )
  }

  protected override render() {
    return html`${failureNotice(this.failure)}
      ${this.said === '' ? nothing : html`<p class="notice positive" role="status">${this.said}</p>`}
      ${this.data.show('the platform', ({ platform, administrators }) => html`${this.settings(platform)} ${this.people(administrators)}`)}`
  }

  private settings({ name, allowedOrigins, branding }: Platform) {
    return html`<form class="card stack" novalidate @submit=${this.save} @input=${this.onInput}>
      <h2>The platform</h2>
      <div class="fields">
        ${textField({ name: 'name', label: 'Name', value: name, error: this.errors['name'], isRequired: true, maxLength: 100 })}
        ${areaField({ name: 'allowedOrigins', label: 'Pages that show payments', value: allowedOrigins.join('\n'), hint: 'One origin a line. Embed sessions are made for these only; for any page when it is empty.', error: this.errors['allowedOrigins'] })}
        ${textField({ name: 'displayName', label: 'Display name', value: branding.displayName ?? '', hint: 'Left empty, it is the name.', error: this.errors['branding.displayName'], maxLength: 100 })}
        ${textField({ name: 'accentColor', label: 'Color', value: branding.accentColor ?? '', hint: 'Like #0b5fff, dark enough for white text. May be left empty.', error: this.errors['branding.accentColor'], maxLength: 7 })}
      </div>
      <div class="actions"><button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>Save</button></div>
    </form>`
  }

  private people(administrators: readonly PlatformAdministrator[]) {
    const isOnly = administrators.filter(({ userId }) => userId !== null).length <= 1
    return html`<section class="card stack" aria-labelledby="people">
      <h2 id="people">Who looks after it</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col" class="end"><span class="muted">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          ${administrators.map(
            (one) => html`<tr>
              <td class="main">
                <strong>${one.name ?? one.email}</strong> ${one.userId === null ? html`<span class="badge">Asked</span>` : nothing}
                <small>${one.email}</small>
                ${isOnly && one.userId !== null ? html`<small>The only administrator stays until another person has accepted.</small>` : nothing}
              </td>
              <td class="end">
                ${
                  isOnly && one.userId !== null
                    ? nothing
                    : html`<button type="button" class="button quiet" aria-label="Take away ${one.email}" @click=${() => this.takeAway(one)}>Take away</button>`
                }
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
      <form class="stack" novalidate @submit=${this.invite} @input=${this.onInput}>
        ${textField({ name: 'email', label: 'Ask somebody by e-mail', hint: 'They accept it when they are signed in.', error: this.errors['email'], inputMode: 'email' })}
        <div class="actions"><button class="button" aria-disabled=${this.isBusy ? 'true' : 'false'}>Ask</button></div>
      </form>
    </section>
    <p class="actions">
      <a href="/set-up-platform">Set up another platform</a> <a href="/organization/new">Create an organization</a>
    </p>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-platform': PlatformPage
  }
}
