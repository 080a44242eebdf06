/**
 * How strict to be. `standard`: any file that is right by the Nacha rules passes. `originate`: what we send ourselves:
 * also what receiving banks stumble over. Each rule says in its table what it weighs in each profile.
 */
export type Profile = 'standard' | 'originate'

/** Violations listed at most; the rest is counted. */
export const MAXIMUM_VIOLATIONS = 1_000
