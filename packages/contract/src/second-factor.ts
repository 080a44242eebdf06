import * as z from 'zod/mini'
import { PasskeyAnswer } from './passkey.ts'
import { Instant } from './text.ts'

const AppCode = z.string().check(z.regex(/^\d{6}$/, { error: 'is the six digits that the app shows' }))

/** The seed for an authenticator app (RFC 6238: SHA-1, 6 digits, 30 seconds). It is told once and counts after a first code. */
export const AuthenticatorAppOffer = z.object({
  type: z.literal('authenticatorAppOffer'),
  /** Base32, to be typed into the app. */
  secret: z.string(),
  /** The same for a QR code: `otpauth://totp/…`. */
  uri: z.string(),
  expiresAt: Instant,
})
export type AuthenticatorAppOffer = z.infer<typeof AuthenticatorAppOffer>

/** The first code of an authenticator app. */
export const AuthenticatorAppConfirm = z.strictObject({ code: AppCode })
export type AuthenticatorAppConfirm = z.infer<typeof AuthenticatorAppConfirm>

/** Each opens once when nothing else is at hand. They are told once; those before them are worthless. */
export const RecoveryCodes = z.object({
  type: z.literal('recoveryCodes'),
  codes: z.array(z.string()),
  createdAt: Instant,
})
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

/** What a person can confirm with besides passkeys. */
export const SecondFactors = z.object({
  type: z.literal('secondFactors'),
  authenticatorApp: z.nullable(z.object({ createdAt: Instant, lastUsedAt: z.nullable(Instant) })),
  recoveryCodes: z.nullable(z.object({ createdAt: Instant, left: z.int() })),
})
export type SecondFactors = z.infer<typeof SecondFactors>

/** The proof that a person is there: the answer of a passkey, a code of their authenticator app, or a recovery code. */
export const StepUp = z.union([
  z.strictObject({ credential: PasskeyAnswer }),
  z.strictObject({ code: AppCode }),
  z.strictObject({ recoveryCode: z.string().check(z.minLength(1), z.maxLength(60)) }),
])
export type StepUp = z.infer<typeof StepUp>
