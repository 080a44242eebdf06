import { html, LitElement, nothing, type ReactiveControllerHost } from 'lit'
import { customElement, property, query, state } from 'lit/decorators.js'
import { dialogStyles } from '../styles/dialog-styles.ts'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { textField } from './field.ts'

/** What is asked before something that matters. */
export interface Question {
  readonly heading: string
  /** What follows from it. */
  readonly text?: string
  /** The word of the button that does it. */
  readonly confirm: string
  readonly isDangerous?: boolean
  /** Something to be typed; `check` says what is wrong with it, about the label, or `null`. */
  readonly field?: { label: string; value: string; maxLength: number; check: (typed: string) => string | null }
}

/** Asks one question in front of the page; Escape is a no. */
@customElement('portal-question')
export class QuestionDialog extends LitElement {
  static override styles = [pageStyles, formStyles, dialogStyles]

  @property({ attribute: false }) question!: Question
  @state() private error: string | null = null
  @query('dialog') private readonly dialog!: HTMLDialogElement
  #answer: string | null = null

  /** Opens; what was typed (an empty text where nothing is asked for) is the yes, `null` the no. */
  async ask(): Promise<string | null> {
    await this.updateComplete
    this.dialog.showModal()
    await new Promise<void>((resolve) => {
      this.dialog.addEventListener('close', () => resolve(), { once: true })
    })
    return this.#answer
  }

  readonly close = (): void => this.dialog.close()

  private readonly confirm = async (event: SubmitEvent) => {
    event.preventDefault()
    const { field } = this.question
    const typed = this.renderRoot.querySelector('input')?.value.trim() ?? ''
    this.error = field?.check(typed) ?? null
    if (this.error !== null) {
      await this.updateComplete
      return this.renderRoot.querySelector('input')?.focus()
    }
    this.#answer = typed
    this.close()
  }

  protected override render() {
    const { heading, text, confirm, isDangerous, field } = this.question
    const error = this.error ?? undefined
    return html`<dialog aria-labelledby="heading" aria-describedby=${text ? 'text' : nothing}>
      <form novalidate @submit=${this.confirm} @input=${() => (this.error = null)}>
        <h2 id="heading">${heading}</h2>
        ${text ? html`<p id="text">${text}</p>` : nothing}
        ${field ? textField({ ...field, name: 'answer', error, isRequired: true }) : nothing}
        <div class="actions">
          <button type="button" class="button" ?autofocus=${isDangerous === true} @click=${this.close}>Go back</button>
          <button class="button ${isDangerous ? 'danger' : 'primary'}" ?autofocus=${!isDangerous && !field}>${confirm}</button>
        </div>
      </form>
    </dialog>`
  }
}

/** Asks in front of the page of `host`, and takes the question away with it. The focus goes back to where it was. */
export async function ask(host: ReactiveControllerHost, question: Question): Promise<string | null> {
  const element = document.createElement('portal-question')
  element.question = question
  const controller = { hostDisconnected: element.close }
  document.body.append(element)
  host.addController(controller)
  try {
    return await element.ask()
  } finally {
    host.removeController(controller)
    element.remove()
  }
}

/** Whether the person says yes. */
export const agrees = async (host: ReactiveControllerHost, question: Omit<Question, 'field'>): Promise<boolean> =>
  (await ask(host, question)) !== null

declare global {
  interface HTMLElementTagNameMap {
    'portal-question': QuestionDialog
  }
}
