import { html, nothing } from 'lit'
import type { Failure } from './failure.ts'

/** The sentence, the number support asks for, and the way on. */
export function failurePanel(failure: Failure | null, retry?: () => void, heading = 'That did not work') {
  if (failure === null) return nothing
  return html`<div class="notice critical" role="alert" tabindex="-1">
    <h3>${heading}</h3>
    <p>${failure.text}</p>
    ${failure.requestId ? html`<p class="muted small">Request ${failure.requestId}</p>` : nothing}
    ${
      retry === undefined
        ? nothing
        : html`<p><button type="button" class="button" @click=${retry}>Try again</button></p>`
    }
  </div>`
}

export const skeleton = (label: string, lines = 5) => html`<div role="status">
  <span class="visually-hidden">${label}</span>
  <div class="skeleton" aria-hidden="true">${Array.from({ length: lines }, () => html`<span></span>`)}</div>
</div>`
