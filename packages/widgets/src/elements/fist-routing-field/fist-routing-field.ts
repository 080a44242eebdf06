import { maskedRoutingNumber } from '@fistworks/contract'
import { routingNumberProblem } from '@fistworks/nacha'
import { property } from 'lit/decorators.js'
import { NumberField } from '../../internal/number-field.ts'

/**
 * A routing number: nine digits with the ABA check digit, shown as `*****0021` once left. Form-associated and
 * write-only: it takes part in validation, reset and disabling, and gives its form no data.
 *
 * @fires input - Something was typed; carries nothing.
 * @fires change - The field was left; carries nothing.
 */
export class FistRoutingField extends NumberField {
  static readonly elementName = 'fist-routing-field'

  @property() override label = 'Routing number'

  protected readonly subject = 'The routing number'
  protected readonly keyboard = 'numeric'

  protected clean(text: string): string {
    return text.replaceAll(/[\s-]/g, '')
  }
  protected problemOf(digits: string): string | null {
    return routingNumberProblem(digits)
  }
  protected maskOf(digits: string): string {
    return digits.length === 9 ? maskedRoutingNumber(digits) : '*'.repeat(digits.length)
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fist-routing-field': FistRoutingField
  }
}
