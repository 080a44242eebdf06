import { define } from '../define.ts'
import { FistRoutingField } from '../elements/fist-routing-field/fist-routing-field.ts'

define(FistRoutingField)

export { FistRoutingField }
