import { accountNumberProblem } from '@fistworks/nacha'
import { property } from 'lit/decorators.js'
import { maskOf } from '../../internal/masked.ts'
import { NumberField } from '../../internal/number-field.ts'

/**
 * An account number as the bank prints it, at most 17 characters, shown as `••••6789` once left. Form-associated and
 * write-only: it takes part in validation, reset and disabling, and gives its form no data.
 *
 * @fires input - Something was typed; carries nothing.
 * @fires change - The field was left; carries nothing.
 */
export class FistAccountField extends NumberField {
  static readonly elementName = 'fist-account-field'

  @property() override label = 'Account number'

  protected readonly subject = 'The account number'
  protected readonly keyboard = 'text'

  protected clean(text: string): string {
    return text.trim()
  }
  protected problemOf(digits: string): string | null {
    return accountNumberProblem(digits)
  }
  protected maskOf(digits: string): string {
    return maskOf(digits)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-account-field': FistAccountField
  }
}
