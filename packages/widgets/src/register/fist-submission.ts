import { define } from '../define.ts'
import { FistSubmission } from '../elements/fist-submission/fist-submission.ts'

define(FistSubmission)

export { FistSubmission }
