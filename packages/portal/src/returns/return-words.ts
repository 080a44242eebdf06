import type { Return, ReturnKind } from '@fistworks/contract'

/** What kind of answer it is, beside its code. */
export const KIND_WORDS: Readonly<Record<ReturnKind, string>> = {
  return: 'Returned',
  dishonored: 'Return sent back by our bank',
  contested: 'Return upheld by the other bank',
  acknowledgment: 'Confirmed by the receiver',
}

export const UNMATCHED_WORDS = {
  noEntry: 'No payment of yours has its trace number.',
  severalEntries: 'Several payments of yours have its trace number.',
  detailsDiffer: 'A payment has its trace number, but other details differ.',
} as const

/** A civil date, `2026-11-25` → `Nov 25, 2026`. */
export const civilDay = (date: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString('en-US', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
  })

/** Whether and until when it may be sent again, in one sentence. */
export function againInWords({ sendAgain, retriedBy }: Pick<Return, 'sendAgain' | 'retriedBy'>): string {
  if (retriedBy !== null) return 'It is being sent again.'
  if (sendAgain === null) return ''
  const until = sendAgain.until === null ? '' : ` until ${civilDay(sendAgain.until)}`
  const left = sendAgain.left === null ? '' : `, ${sendAgain.left} more ${sendAgain.left === 1 ? 'time' : 'times'}`
  switch (sendAgain.answer) {
    case 'asItWas':
      return `It can be sent again as it was${until}${left}.`
    case 'onceAuthorized':
      return `It can be sent again${until} once the receiver has agreed again.`
    case 'onceCorrected':
      return `It can be sent again${until} once what was wrong is corrected.`
    case 'asCorrectedEntry':
      return `A corrected payment can be sent${until}.`
    case 'no':
      return 'It cannot be sent again.'
  }
}

/** Where a percentage of hundredths of a percent is shown: 50 → `0.50 %`. */
export const percent = (basisPoints: number): string => `${(basisPoints / 100).toFixed(2)} %`
