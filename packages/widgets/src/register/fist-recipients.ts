import { define } from '../define.ts'
import { FistRecipients } from '../elements/fist-recipients/fist-recipients.ts'

define(FistRecipients)

export { FistRecipients }
