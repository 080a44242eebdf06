import { css, html, LitElement } from 'lit'
import { customElement, property, state } from 'lit/decorators.js'
import { pageStyles } from '../styles/page-styles.ts'

/** The person says that the key is saved. */
export class SecretSavedEvent extends Event {
  constructor() {
    super('portal-secret-saved')
  }
}

/**
 * A key that is shown this once: to copy, and to say that it is saved before it goes.
 *
 * @fires portal-secret-saved - It can be taken away.
 */
@customElement('portal-secret-once')
export class SecretOnce extends LitElement {
  static override styles = [
    pageStyles,
    css`
      code {
        display: block;
        padding: 0.75rem;
        border: 1px solid var(--portal-border);
        border-radius: 0.5rem;
        overflow-wrap: anywhere;
        user-select: all;
      }
      label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        align-items: center;
      }
    `,
  ]

  @property({ attribute: false }) secret = ''
  /** What it is called. */
  @property() word = 'key'
  @state() private said = ''
  @state() private isSaved = false

  private readonly copy = async () => {
    try {
      await navigator.clipboard.writeText(this.secret)
      this.said = 'Copied.'
    } catch {
      this.said = 'It could not be copied: select it and copy it yourself.'
    }
  }

  private readonly done = () => {
    if (this.isSaved) this.dispatchEvent(new SecretSavedEvent())
    else this.said = `First save the ${this.word} and say so: it is never shown again.`
  }

  protected override render() {
    return html`<div class="stack">
      <p class="notice caution">This ${this.word} is shown this once. Keep it where your back end keeps its secrets, and nowhere else.</p>
      <code>${this.secret}</code>
      <div class="actions">
        <button type="button" class="button" @click=${this.copy}>Copy the ${this.word}</button>
        <span role="status">${this.said}</span>
      </div>
      <label>
        <input
          type="checkbox"
          .checked=${this.isSaved}
          @change=${(event: Event) => (this.isSaved = (event.target as HTMLInputElement).checked)}
        />
        I have saved the ${this.word}
      </label>
      <div class="actions">
        <button type="button" class="button primary" aria-disabled=${this.isSaved ? 'false' : 'true'} @click=${this.done}>Done</button>
      </div>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'portal-secret-once': SecretOnce
  }
}
