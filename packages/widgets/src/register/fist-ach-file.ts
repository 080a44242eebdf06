import { define } from '../define.ts'
import { FistAchFile } from '../elements/fist-ach-file/fist-ach-file.ts'

define(FistAchFile)

export { FistAchFile }
