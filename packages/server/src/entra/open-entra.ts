import type { Entra } from './service.ts'
import type { EntraSettings } from './settings.ts'
import { createSigningKeys, type Fetch } from './signing-keys.ts'
import { createTokenVerifier } from './verify-token.ts'

/** The identity provider of these settings; nothing is asked of it until somebody signs in. */
export function openEntra(settings: EntraSettings | undefined, now: () => Date, ask?: Fetch): Entra | undefined {
  if (settings === undefined) return undefined
  return { settings, verify: createTokenVerifier(settings, createSigningKeys(settings.keysAddress, now, ask)) }
}
