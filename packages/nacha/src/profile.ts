/**
 * How strict to be. `standard`: any file that is right by the Nacha rules passes. `originate`: what we send ourselves:
 * also what receiving banks stumble over. `lenient`: as `standard`, but what banks really send (every switch of
 * `SWITCHES`) is only told, not refused. Each rule says in its table what it weighs.
 */
export type Profile = 'standard' | 'originate' | 'lenient'

/** Violations listed at most; the rest is counted. */
export const MAXIMUM_VIOLATIONS = 1_000
