import type { Profile } from '../profile.ts'

/** What a violation weighs: an error forbids to send or process the file, the others do not. */
export type Severity = 'error' | 'warning' | 'info' | 'off'

/** One row of the rule table: the weight in each profile, and what must hold. */
export interface Rule extends Readonly<Record<Exclude<Profile, 'lenient'>, Severity>> {
  readonly demands: string
}

/** The same weight in every profile, unless `originate` says otherwise. */
export function rule(standard: Severity, demands: string, originate: Severity = standard): Rule {
  return { standard, originate, demands }
}
