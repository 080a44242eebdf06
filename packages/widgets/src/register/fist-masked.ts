import { define } from '../define.ts'
import { FistMasked } from '../elements/fist-masked/fist-masked.ts'

define(FistMasked)

export { FistMasked }
