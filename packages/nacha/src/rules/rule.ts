import type { Profile } from '../profile.ts'

/** What a violation weighs: an error forbids to send or process the file, the others do not. */
export type Severity = 'error' | 'warning' | 'info' | 'off'

/** The weight of a rule in each profile; `lenient` follows from `standard` and the switches. */
export type Weight = Readonly<Record<Exclude<Profile, 'lenient'>, Severity>>

/** One row of the rule table: its weights, and what must hold. */
export interface Rule extends Weight {
  readonly demands: string
}

/** The same weight in every profile, unless `originate` says otherwise. */
export function rule(standard: Severity, originate: Severity = standard): Weight {
  return { standard, originate }
}
