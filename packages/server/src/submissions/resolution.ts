import type { Actor, SubmissionResolution } from '@fistworks/contract'

/** What one person said the bank told them, as it is kept until another confirms it. */
export interface Resolution {
  outcome: SubmissionResolution['outcome']
  reason: string
  proposedBy: Actor
  /** Each name of that person, as `type:id`. */
  names: readonly string[]
  proposedAt: string
  expiresAt: string
}

/** What can still be confirmed; `null` when nothing was said, or too long ago. */
export function openResolution(row: { resolution: Resolution | null }, now: Date): Resolution | null {
  if (row.resolution === null || now.getTime() >= Date.parse(row.resolution.expiresAt)) return null
  return row.resolution
}
