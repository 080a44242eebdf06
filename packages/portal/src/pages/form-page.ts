import { state } from 'lit/decorators.js'
import { formStyles } from '../styles/form-styles.ts'
import { pageStyles } from '../styles/page-styles.ts'
import { type Failure, failureOf } from '../ui/failure.ts'
import { errorsOfProblems, type FormErrors, focusFirstWrong, withoutField } from '../ui/form-errors.ts'
import { PortalPage } from './portal-page.ts'

/** A page with one form: what is wrong in it, and whether it is being saved. */
export abstract class FormPage extends PortalPage {
  static override styles = [pageStyles, formStyles]

  @state() protected errors: FormErrors = {}
  @state() protected failure: Failure | null = null
  @state() protected isBusy = false

  /** Runs a change; when the server refuses it, the fields it names say so. */
  protected async attempt(change: () => Promise<unknown>): Promise<void> {
    if (this.isBusy) return
    this.isBusy = true
    try {
      await change()
    } catch (error) {
      this.failure = this.describe(error)
      this.errors = this.errorsOf(this.failure)
      await this.showWrong()
    } finally {
      this.isBusy = false
    }
  }

  /** Where what the server refused was typed; a page whose fields have other names says so. */
  protected errorsOf({ errors }: Failure): FormErrors {
    return errorsOfProblems(errors)
  }

  /** What a failed change says of itself; a page that asks more than the server knows more errors. */
  protected describe(error: unknown): Failure {
    return failureOf(error)
  }

  /** What was wrong with a field is no longer said once the person changes it. */
  protected readonly onInput = (event: Event) => {
    this.errors = withoutField(this.errors, (event.target as HTMLInputElement).name)
  }

  protected async showWrong(): Promise<void> {
    await this.updateComplete
    focusFirstWrong(this.shadowRoot)
  }
}
