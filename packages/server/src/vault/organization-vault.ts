import type { Secret } from '../secret.ts'
import { textIn } from './bytes.ts'
import type { OpeningKeys, SealingKey } from './posted-keys.ts'
import {
  type CellAddress,
  EnvelopeRefused,
  openEnvelope,
  resealEnvelope,
  SealedWithNewerKey,
  sealEnvelope,
} from './envelope.ts'
import { KeyUnavailable } from './key-provider.ts'
import type { KeyRing } from './key-ring.ts'
import type { SealBudget } from './seal-budget.ts'

/** Seals and opens values of one organization. Its keys are unwrapped already, so nothing here waits. */
export interface OrganizationVault {
  organizationId: string
  /** Version of the data key that seals. */
  version: number
  /**
   * @param options.padTo fixed size in bytes that hides the length of the text
   * @throws KeyUnavailable when these keys were held too long, were destroyed, or have sealed all they may
   */
  seal(at: CellAddress, clear: string | Uint8Array, options?: { padTo?: number }): Uint8Array
  /**
   * @throws EnvelopeRefused when the envelope was not sealed for this very place
   * @throws KeyUnavailable when these keys are too old for it: the next use gets newer ones
   */
  open(at: CellAddress, envelope: Uint8Array): Uint8Array
  /** @throws EnvelopeRefused, KeyUnavailable as `open` */
  openText(at: CellAddress, envelope: Uint8Array): Secret
  /** What opens these columns of a table, for a thread of this process: it can be posted. */
  openingKeys(table: string, columns: readonly string[]): OpeningKeys
  /** What to throw when something was sealed with a newer key than these: they are let go of, unless they are new themselves. */
  tooOld(): Error
  /** What seals one value for this place, in a thread of this process. @throws KeyUnavailable as `seal` */
  sealingKey(at: CellAddress): SealingKey
  /** The same value, padded as it was, sealed with the key in use now. @throws EnvelopeRefused */
  reseal(at: CellAddress, envelope: Uint8Array): Uint8Array
  /**
   * 32 bytes that are equal when purpose and parts are, within this organization; they tell nothing else.
   * Parts go in as they are: bring account numbers into one form with `comparableNumber` first.
   */
  blindIndex(purpose: string, ...parts: string[]): Uint8Array
}

/** Unwrapped keys that somebody works with. */
export interface HeldKeys {
  ring: KeyRing
  /** True when the keys were destroyed: who holds them has them no longer. */
  isDestroyed(): boolean
  /** False when they were held so long that a rotation may have gone by. */
  maySeal(): boolean
  /** Lets go of them, so that the next use loads them anew; false when they were loaded just now. */
  letGo(): boolean
}

export function organizationVault(organizationId: string, held: HeldKeys, budget: SealBudget): OrganizationVault {
  function ring(): KeyRing {
    if (held.isDestroyed()) throw new KeyUnavailable('The keys of this organization were destroyed.')
    return held.ring
  }

  function sealingKey(at: CellAddress) {
    if (!held.maySeal()) throw new KeyUnavailable('These keys were held too long. Try again.')
    const key = ring().sealingKey(at.table, at.column)
    budget.take(organizationId, key.version)
    return key
  }

  const keyOf = (at: CellAddress) => (version: number) => ring().openingKey(version, at.table, at.column)
  function open(at: CellAddress, envelope: Uint8Array): Uint8Array {
    try {
      return openEnvelope(keyOf(at), organizationId, at, envelope)
    } catch (refusal) {
      throw refusal instanceof SealedWithNewerKey ? tooOld() : refusal
    }
  }

  function tooOld(): Error {
    if (!held.letGo()) return new EnvelopeRefused()
    return new KeyUnavailable('This was sealed with a newer key. Try again.', { retryAfterSeconds: 1 })
  }

  return {
    organizationId,
    version: held.ring.version,
    open,
    tooOld,
    seal(at, clear, options) {
      const bytes = typeof clear === 'string' ? Buffer.from(clear, 'utf8') : clear
      try {
        return sealEnvelope(sealingKey(at), organizationId, at, bytes, options?.padTo)
      } finally {
        if (bytes !== clear) bytes.fill(0)
      }
    },
    openText: (at, envelope) => textIn(open(at, envelope)),
    openingKeys: (table, columns) => ({
      organizationId,
      table,
      columns: new Map(columns.map((column) => [column, ring().openingKeys(table, column)])),
    }),
    sealingKey: (at) => ({ organizationId, at, field: sealingKey(at) }),
    reseal: (at, envelope) => resealEnvelope(keyOf(at), sealingKey(at), organizationId, at, envelope),
    blindIndex: (purpose, ...parts) => ring().blindIndex(purpose, parts),
  }
}
