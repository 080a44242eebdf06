import { define } from '../define.ts'
import { FistAccountField } from '../elements/fist-account-field/fist-account-field.ts'

define(FistAccountField)

export { FistAccountField }
