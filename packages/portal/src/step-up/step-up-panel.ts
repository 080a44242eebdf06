import type { FISTWorks } from '@fistworks/sdk'
import { css, LitElement } from 'lit'
import { property, state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureOf } from '../ui/failure.ts'
import { passkeyFailure } from './passkey-failure.ts'

/** One step of confirming or of making something to confirm with: does one thing at a time and says what went wrong. */
export abstract class StepUpPanel extends LitElement {
  static override styles = [
    pageStyles,
    formStyles,
    css`
      form {
        max-width: none;
      }
      .one-code input {
        font-size: 1.25rem;
        letter-spacing: 0.1em;
        font-variant-numeric: tabular-nums;
      }
    `,
  ]

  @property({ attribute: false }) client!: FISTWorks
  @state() protected failure: Failure | null = null
  @state() protected isBusy = false

  protected async attempt(work: () => Promise<void>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    this.failure = null
    try {
      await work()
    } catch (error) {
      this.failure = passkeyFailure(error) ?? failureOf(error)
    } finally {
      this.isBusy = false
    }
  }
}
