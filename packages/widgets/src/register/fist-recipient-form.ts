import { define } from '../define.ts'
import { FistRecipientForm } from '../elements/fist-recipient-form/fist-recipient-form.ts'

define(FistRecipientForm)

export { FistRecipientForm }
