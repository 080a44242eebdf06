import type { AchFile } from '../file.ts'
import { finished, type OperationOptions } from './assemble.ts'
import { draftOf } from './draft.ts'
import { joinBatches, numbered } from './join-batches.ts'
import { type Outcome, Problems, refusal } from './problem.ts'

/**
 * The same entries in as few batches as there can be: batches whose headers are equal in every field but the number
 * become one, at the place of the first (reference 8.8). Entries keep their trace numbers, batches are numbered anew.
 */
export function flattenBatches(file: AchFile, options: OperationOptions = {}): Outcome {
  const problems = new Problems()
  const draft = draftOf(file, problems)
  if (!draft) return refusal(problems)
  const batches = numbered(joinBatches(draft.batches), problems)
  return finished({ header: draft.header, batches }, problems, options)
}
