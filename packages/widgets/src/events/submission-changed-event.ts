import type { Submission } from '@fistworks/contract'
import { FistEvent } from './fist-event.ts'

/** A delivery came to another state. */
export class SubmissionChangedEvent extends FistEvent<{ submission: Submission }> {
  constructor(detail: { submission: Submission }) {
    super('fist-submission-changed', detail)
  }
}

declare global {
  interface HTMLElementEventMap {
    'fist-submission-changed': SubmissionChangedEvent
  }
}
