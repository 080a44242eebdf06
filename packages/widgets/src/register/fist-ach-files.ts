import { define } from '../define.ts'
import { FistAchFiles } from '../elements/fist-ach-files/fist-ach-files.ts'

define(FistAchFiles)

export { FistAchFiles }
