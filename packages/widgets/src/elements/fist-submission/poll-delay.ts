const FIRST_MS = 1_000
const LONGEST_MS = 15_000

/** How long to wait before the next look, after so many looks that showed nothing new: 1 s, growing to 15 s. */
export const nextDelay = (quietPolls: number) => Math.min(LONGEST_MS, FIRST_MS * 1.5 ** quietPolls)
