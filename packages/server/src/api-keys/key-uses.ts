import { acrossTenants } from '../storage/on-behalf-of.ts'
import type { Storage } from '../storage/transaction.ts'
import { noteKeyUse } from './store.ts'

/** When keys were last used: noted in memory by each request, written once a minute for all of them. */
export interface KeyUses {
  note(key: { id: string; lastUsedAt: string | null }, now: Date): void
  /** Writes what came since. What a crash loses is at most a minute. */
  flush(control: Storage): Promise<void>
}

const MOST_NOTED = 10_000

export function createKeyUses(): KeyUses {
  let noted = new Map<string, string>()
  return {
    note({ id, lastUsedAt }, now) {
      const minute = `${now.toISOString().slice(0, 16)}:00.000Z`
      if (lastUsedAt !== null && lastUsedAt >= minute) return
      if (noted.size < MOST_NOTED || noted.has(id)) noted.set(id, minute)
    },
    async flush(control) {
      if (noted.size === 0) return
      const written = noted
      noted = new Map()
      try {
        await acrossTenants('look-after-api-keys', () =>
          control.write(async (tx) => {
            for (const [id, at] of written) await noteKeyUse(tx, id, at)
          }),
        )
      } catch (error) {
        for (const [id, at] of written) if (!noted.has(id)) noted.set(id, at)
        throw error
      }
    },
  }
}
