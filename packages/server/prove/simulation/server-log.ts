import { sql } from 'drizzle-orm'
import { byHand } from '../../src/storage/testing/by-hand.ts'
import type { Storage } from '../../src/storage/transaction.ts'

/** What the operator did, as the log of the whole server tells it. Read anew when its database was changed. */
export class ServerLog {
  readonly #control: Storage
  readonly #reader: Storage['read']
  #changes = -1
  #until = 0

  constructor(control: Storage) {
    this.#control = control
    this.#reader = byHand(control).read
  }

  async hear(tell: (action: string) => void): Promise<void> {
    const { changes } = this.#control
    if (changes === this.#changes) return
    this.#changes = changes
    const told = await this.#reader.all<{ seq: number; action: string }>(
      sql`SELECT seq, action FROM control_audit_events WHERE seq > ${this.#until} ORDER BY seq`,
    )
    for (const { seq, action } of told) {
      this.#until = seq
      tell(action)
    }
  }
}
