import type { ControlReadContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'

/**
 * A key that is limited to some organizations of its platform is not told of the platform as a whole: its log and its keys
 * name the others.
 * @throws ProblemError `forbidden`
 */
export function refuseLimited({ onlyOrganizations }: Pick<ControlReadContext, 'onlyOrganizations'>): void {
  if (onlyOrganizations === null) return
  throw new ProblemError('forbidden', 'This key works in the organizations it names only. Name one of them.')
}
