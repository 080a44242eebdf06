/** Registers every element: what `fistworks.js` is built from. */
import { define } from '../define.ts'
import { FistAchFiles, FistFrame, FistMasked, FistRecipients } from '../index.ts'

// The others are parts of these.
define(FistAchFiles, FistFrame, FistMasked, FistRecipients)

export * from '../index.ts'
