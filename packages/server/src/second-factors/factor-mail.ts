import { LIMITS } from '../limits.ts'
import { userMail } from '../mail/mail-job.ts'

const NOT_YOU = 'If that was not you, tell your administrator at once.'

/** Tells a person that what they confirm with has changed. */
export const FACTOR_MAIL = userMail<{ change: string }>('factorChanged', ({ change }) => ({
  subject: 'What you confirm with has changed',
  text: `${change} ${NOT_YOU}`,
}))

export const RECOVERY_CODE_MAIL = userMail<Record<never, never>>('recoveryCodeUsed', () => ({
  subject: 'A recovery code was used',
  text: `One of your recovery codes was used to confirm that it is you, and works no more. ${NOT_YOU}`,
}))

export const LOCKED_MAIL = userMail<Record<never, never>>('proofsLocked', () => ({
  subject: 'Somebody could not confirm that they are you',
  text: `That went wrong ${LIMITS.wrongProofs} times from your session at the portal. Nothing is taken for ${LIMITS.wrongProofMinutes} minutes. If it was not you, sign out everywhere and tell your administrator at once.`,
}))

export const FACTORS_RESET_MAIL = userMail<{ by: string }>('factorsReset', ({ by }) => ({
  subject: 'What you confirm with was taken away',
  text: `${by} has removed your passkeys, your authenticator app and your recovery codes, and signed you out. Sign in and set up new ones within ${LIMITS.stepUpMinutes} minutes. If you did not ask for this, call them at once.`,
}))

export const FACTOR_MAILS = [FACTOR_MAIL, RECOVERY_CODE_MAIL, LOCKED_MAIL, FACTORS_RESET_MAIL]
