import { ownedBy } from '../storage/owned-by.ts'
import type { Storage } from '../storage/transaction.ts'
import { KeyUnavailable } from './key-provider.ts'
import { tenantKeyStore } from './store.ts'

/** Values that may be sealed with one data key: random 96-bit nonces allow 2^32 (NIST SP 800-38D, 8.3). */
export interface SealLimits {
  /** From here on the key should be rotated. */
  rotateAt: number
  /** Beyond this nothing is sealed. */
  refuseAt: number
  /** So many are counted at once, before they are sealed. */
  block: number
}

export const SEAL_LIMITS: SealLimits = { rotateAt: 2 ** 31, refuseAt: 2 ** 32, block: 2_000 }

/** Counts sealed values up front in blocks, so that a crash counts too many and never too few. */
export function createSealBudget(control: Storage, limits: SealLimits, onDue: (organizationId: string) => void) {
  const counters = new Map<string, { organizationId: string; version: number; left: number }>()
  const reserving = new Map<string, Promise<void>>()

  function counterOf(organizationId: string, version: number) {
    const name = `${organizationId}|${version}`
    const counter = counters.get(name) ?? { organizationId, version, left: 0 }
    counters.set(name, counter)
    return { name, counter }
  }

  async function reserve(organizationId: string, version: number, block: number): Promise<void> {
    const place = { organizationId, kind: 'data' as const, version }
    const count = await ownedBy(organizationId, control).write((tx) =>
      tenantKeyStore(tx).count(place, block, limits.refuseAt),
    )
    if (count === null) return
    counterOf(organizationId, version).counter.left += block
    if (count >= limits.rotateAt) onDue(organizationId)
  }

  return {
    /** Makes room for at least so many values. Near the limit there may be less: `take` then refuses. */
    async ensure(organizationId: string, version: number, wanted = limits.block / 2): Promise<void> {
      const { name, counter } = counterOf(organizationId, version)
      for (let others = reserving.get(name); others; others = reserving.get(name)) await others
      if (counter.left >= wanted) return
      const mine = reserve(organizationId, version, Math.max(limits.block, wanted))
      reserving.set(name, mine)
      try {
        await mine
      } finally {
        if (reserving.get(name) === mine) reserving.delete(name)
      }
    },

    /** @throws KeyUnavailable when no value may be sealed any more, or more at once than were counted */
    take(organizationId: string, version: number): void {
      const { counter } = counterOf(organizationId, version)
      if (counter.left < 1) {
        throw new KeyUnavailable(
          'Nothing more can be sealed with this key at the moment. Try again; if it stays, rotate it.',
        )
      }
      counter.left -= 1
    },

    /** Gives back what was counted and not used. */
    async flush(): Promise<void> {
      for (const { organizationId, version, left } of counters.values()) {
        const place = { organizationId, kind: 'data' as const, version }
        const mine = ownedBy(organizationId, control)
        if (left > 0) await mine.write((tx) => tenantKeyStore(tx).count(place, -left, Number.MAX_SAFE_INTEGER))
      }
      counters.clear()
    },
  }
}

export type SealBudget = ReturnType<typeof createSealBudget>
