import * as z from 'zod/mini'
import { idOf } from './id.ts'
import { Instant, Label } from './text.ts'

/** A passkey of a portal user: a key that stays on the person's device and proves that it is they. */
export const Passkey = z.object({
  type: z.literal('passkey'),
  id: idOf('pky'),
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
})
export type Passkey = z.infer<typeof Passkey>

/** All of a person's passkeys; there are never more than a few. */
export const PasskeyList = z.object({ data: z.array(Passkey) })
export type PasskeyList = z.infer<typeof PasskeyList>

const Bytes = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,16384}$/, { error: 'must be base64url' }))
const credential = {
  id: Bytes,
  rawId: Bytes,
  type: z.literal('public-key'),
}

/** What the browser is asked with: the JSON form of WebAuthn Level 3, §5.4 and §5.5. */
export const PasskeyChallenge = z.object({
  type: z.literal('passkeyChallenge'),
  options: z.looseObject({ challenge: z.string() }),
})
export type PasskeyChallenge = z.infer<typeof PasskeyChallenge>

/** A new passkey, as `navigator.credentials.create` gave it (WebAuthn Level 3, §5.1.8). */
export const PasskeyCreate = z.strictObject({
  name: Label,
  credential: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: Bytes,
      attestationObject: Bytes,
      transports: z.optional(z.array(z.string().check(z.maxLength(20))).check(z.maxLength(10))),
    }),
  }),
})
export type PasskeyCreate = z.infer<typeof PasskeyCreate>

/** The answer of a passkey to a challenge, as `navigator.credentials.get` gave it. */
export const PasskeyAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: Bytes,
    authenticatorData: Bytes,
    signature: Bytes,
    userHandle: z.optional(z.nullable(Bytes)),
  }),
})
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>
