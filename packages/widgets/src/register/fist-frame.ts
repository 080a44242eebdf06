/** Registers `<fist-frame>` alone: what `fist-frame.js` is built from. */
import { define } from '../define.ts'
import { FistFrame } from '../frame/fist-frame.ts'

define(FistFrame)
export { FistFrame }
