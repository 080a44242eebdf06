import {
  ApiKeyCreate,
  type NewApiKey,
  type Organization,
  OrganizationCreate,
  type Platform,
  PlatformCreate,
} from '@fistworks/contract'
import { css, html, nothing, type PropertyValues } from 'lit'
import { customElement, state } from 'lit/decorators.js'
import { OrganizationEvent } from '../shell/portal-shell.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { failureNotice } from '../ui/failure.ts'
import { areaField, textField } from '../ui/field.ts'
import { errorsOfIssues, type FormErrors, textsOf } from '../ui/form-errors.ts'
import '../ui/secret-once.ts'
import { FormPage } from './form-page.ts'
import { keyErrors, keyFields, keyInput } from './key-form.ts'
import { keyFormStyles } from './key-form-styles.ts'

/** What a developer does with the key from here on: the same steps as three calls. */
const SNIPPET = `import { FISTWorks } from '@fistworks/sdk'

// 1 and 2 as the person who is signed in, 3 with the key.
const platform = await portal.platforms.create({ name: 'Your product' })
const key = await portal.apiKeys.create({ name: 'Back end', scopes: ['organizations:write'] }, { platform: platform.id })
const company = await new FISTWorks({ apiKey: key.secret, baseUrl }).organizations.create({ name: 'First customer' })`

type Issues = Parameters<typeof errorsOfIssues>[0]
const about = (texts: Record<string, string>) => (issues: Issues) => errorsOfIssues(issues, texts)

const STEPS = ['Your platform', 'Its first key', 'Its first company', 'Done'] as const

/**
 * Sets up an accounting product in one go: the platform, its first key, its first company.
 *
 * @fires portal-platforms-changed - The person looks after another platform now.
 */
@customElement('portal-platform-setup')
export class PlatformSetupPage extends FormPage {
  static override styles = [
    pageStyles,
    formStyles,
    keyFormStyles,
    css`
      ol.steps {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.5rem;
        margin-block-end: 1rem;
        color: var(--portal-muted);
        counter-reset: step;
      }
      ol.steps li {
        padding-block-end: 0.25rem;
        border-block-end: 2px solid transparent;
        counter-increment: step;
      }
      ol.steps li::before {
        content: counter(step) '. ';
      }
      ol.steps .past::before {
        content: '✓ ' / 'Done: ';
      }
      ol.steps [aria-current] {
        border-block-end-color: var(--portal-accent);
        color: var(--portal-text);
        font-weight: 700;
      }
      pre {
        overflow-x: auto;
        padding: 0.75rem;
        border: 1px solid var(--portal-border);
        border-radius: 0.5rem;
      }
    `,
  ]

  @state() private platform: Platform | null = null
  @state() private key: NewApiKey | null = null
  @state() private isKeySaved = false
  @state() private organization: Organization | null = null

  /** A key that nobody has saved yet would be lost with the page. */
  override get hasUnsavedInput(): boolean {
    return this.step === 1 && this.key !== null ? true : super.hasUnsavedInput
  }

  private readonly onKeySaved = () => {
    this.isKeySaved = true
    this.settle()
  }

  /** Whoever cannot see that the step is another hears it. */
  protected override updated(changed: PropertyValues): void {
    const isFurther = ['platform', 'key', 'isKeySaved', 'organization'].some((name) => changed.get(name) !== undefined)
    if (isFurther) this.renderRoot.querySelector('h2')?.focus()
  }

  private get step(): number {
    if (this.organization !== null) return 3
    if (this.isKeySaved) return 2
    return this.platform === null ? 0 : 1
  }

  private get place() {
    return { platform: this.platform?.id }
  }

  /** Checks what was typed and does it; what is wrong is said at its field. */
  private async submit<T>(
    checked: { success: boolean; data?: T; error?: { issues: Issues } },
    errorsOf: (issues: Issues) => FormErrors,
    change: (data: T) => Promise<void>,
  ) {
    this.failure = null
    this.errors = checked.error === undefined ? {} : errorsOf(checked.error.issues)
    if (checked.data === undefined) return this.showWrong()
    const { data } = checked
    await this.attempt(async () => {
      await change(data)
      this.settle()
    })
  }

  private readonly addPlatform = async (event: SubmitEvent) => {
    event.preventDefault()
    const { name = '', allowedOrigins = '' } = textsOf(event.target as HTMLFormElement)
    const origins = allowedOrigins.split(/[\s,]+/).filter((line) => line !== '')
    await this.submit(PlatformCreate.safeParse({ name, allowedOrigins: origins }), about({ name }), async (input) => {
      this.platform = await this.client.platforms.create(input)
      this.dispatchEvent(new Event('portal-platforms-changed', { bubbles: true, composed: true }))
    })
  }

  private readonly addKey = async (event: SubmitEvent) => {
    event.preventDefault()
    const input = keyInput(event.target as HTMLFormElement)
    const errorsOf = (issues: Issues) => keyErrors(issues, String(input.name))
    await this.submit(ApiKeyCreate.safeParse(input), errorsOf, async (asked) => {
      this.key = await this.client.apiKeys.create(asked, this.place)
    })
  }

  private readonly addOrganization = async (event: SubmitEvent) => {
    event.preventDefault()
    const { name = '' } = textsOf(event.target as HTMLFormElement)
    await this.submit(OrganizationCreate.safeParse({ name }), about({ name }), async (input) => {
      this.organization = await this.client.organizations.create(input, this.place)
    })
  }

  private readonly leave = () => {
    if (this.platform !== null) this.dispatchEvent(new OrganizationEvent(this.platform.id))
  }

  protected override render() {
    return html`<ol class="steps" aria-label="Steps">
        ${STEPS.map(
          (name, index) =>
            html`<li class=${index < this.step ? 'past' : nothing} aria-current=${index === this.step ? 'step' : nothing}>${name}</li>`,
        )}
      </ol>
      ${failureNotice(this.failure)}
      ${[() => this.platformForm(), () => this.keyStep(), () => this.organizationForm(), () => this.done()][this.step]?.()}`
  }

  private platformForm() {
    return html`<form class="card stack" novalidate @submit=${this.addPlatform} @input=${this.onInput}>
      <h2>Your platform</h2>
      <p>A platform is an accounting product that offers payments to its customers. You become its administrator.</p>
      <div class="fields">
        ${textField({ name: 'name', label: 'Name', hint: 'As your customers know it.', error: this.errors['name'], isRequired: true, maxLength: 100 })}
        ${areaField({ name: 'allowedOrigins', label: 'Pages that show payments', hint: 'One origin a line, like https://app.example.com. Left empty, any page of yours can.', error: this.errors['allowedOrigins'] })}
      </div>
      ${this.button('Create the platform')}
    </form>`
  }

  private keyStep() {
    if (this.key !== null) {
      return html`<section class="card stack" aria-labelledby="key">
        <h2 id="key" tabindex="-1">The first key of ${this.platform?.name}</h2>
        <portal-secret-once .secret=${this.key.secret} @portal-secret-saved=${this.onKeySaved}></portal-secret-once>
      </section>`
    }
    return html`<form class="card stack" novalidate @submit=${this.addKey} @input=${this.onInput}>
      <h2 tabindex="-1">Its first key</h2>
      <p>Your back end speaks with it for all companies of ${this.platform?.name}.</p>
      ${keyFields(this.errors, true)} ${this.button('Make the key')}
    </form>`
  }

  private organizationForm() {
    return html`<form class="card stack" novalidate @submit=${this.addOrganization} @input=${this.onInput}>
      <h2 tabindex="-1">Its first company</h2>
      <p>A company that pays through your product. Your back end adds the others.</p>
      <div class="fields">${textField({ name: 'name', label: 'Name', error: this.errors['name'], isRequired: true, maxLength: 100 })}</div>
      ${this.button('Add the company')}
    </form>`
  }

  private done() {
    return html`<section class="card stack" aria-labelledby="done">
      <h2 id="done" tabindex="-1">${this.platform?.name} is set up</h2>
      <p>${this.organization?.name} has the id <code>${this.organization?.id}</code>.</p>
      <p>What you just did is three calls of the SDK:</p>
      <pre tabindex="0">${SNIPPET}</pre>
      <div class="actions"><button type="button" class="button primary" @click=${this.leave}>Go to the platform</button></div>
    </section>`
  }

  private button(text: string) {
    return html`<div class="actions">
      <button class="button primary" aria-disabled=${this.isBusy ? 'true' : 'false'}>${this.isBusy ? 'Waiting…' : text}</button>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-platform-setup': PlatformSetupPage
  }
  interface HTMLElementEventMap {
    'portal-platforms-changed': Event
  }
}
