import type { FieldProblem } from '@fistworks/contract'
import { ApiError } from '@fistworks/sdk'
import { html, nothing } from 'lit'

/** What went wrong, as it is shown: never a value that was typed. */
export interface Failure {
  code: string
  status: number | null
  text: string
  requestId: string | null
  errors: readonly FieldProblem[]
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError) {
    const { code, status, detail, requestId, errors } = error
    return { code, status, text: detail, requestId: requestId ?? null, errors: errors ?? [] }
  }
  const text = 'FISTWorks could not be reached. Check the connection and try again.'
  return { code: 'offline', status: null, text, requestId: null, errors: [] }
}

/** The sentence, the number support asks for, and the way on. */
export function failureNotice(failure: Failure | null, retry?: () => void) {
  if (failure === null) return nothing
  return html`<div class="notice critical stack" role="alert">
    <p>${failure.text}</p>
    ${failure.requestId ? html`<small>Request ${failure.requestId}</small>` : nothing}
    ${retry ? html`<p><button type="button" class="button" @click=${retry}>Try again</button></p>` : nothing}
  </div>`
}
