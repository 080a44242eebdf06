import type { ReturnKind, ReturnStep, SendAgain } from '@fistworks/contract'
import { returnCode } from '@fistworks/nacha'

interface Situation {
  kind: ReturnKind
  code: string
  isMatched: boolean
  isRepeated: boolean
  sendAgain: SendAgain | null
  isRetried: boolean
  /** It is not made again, whatever the code allows. */
  isSettled: boolean
}

/** What a person can do now, the likeliest first. */
export function nextSteps({
  kind,
  code,
  isMatched,
  isRepeated,
  sendAgain,
  isRetried,
  isSettled,
}: Situation): ReturnStep[] {
  if (!isMatched) return ['match', 'contactBank']
  if (kind === 'acknowledgment') return []
  if (kind !== 'return' || isRepeated) return ['contactBank']
  if (isRetried) return []
  if (isSettled) return ['contactRecipient', 'contactBank']
  const categories = returnCode(code)?.categories ?? []
  switch (sendAgain?.answer) {
    case 'asItWas':
      return ['retry', 'contactRecipient']
    case 'onceAuthorized':
      return ['newAuthorization', 'retry', 'contactRecipient']
    case 'asCorrectedEntry':
      return ['newPayment', 'contactRecipient']
    case 'onceCorrected':
      if (categories.includes('by_request')) return ['contactBank', 'newPayment']
      return ['correct', 'retry', 'archiveRecipient']
    case 'no':
    case undefined:
      if (categories.includes('sanctions')) return ['archiveRecipient', 'contactBank']
      if (categories.includes('deceased') || categories.includes('frozen')) {
        return ['archiveRecipient', 'contactRecipient']
      }
      return categories.includes('funds') ? ['contactRecipient', 'newPayment'] : ['contactRecipient', 'contactBank']
  }
}
