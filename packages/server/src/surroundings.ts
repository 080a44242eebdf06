import type { Bank } from './banks/bank.ts'
import type { Every } from './jobs/lease.ts'
import type { newId } from './new-id.ts'
import type { Databases } from './storage/directory.ts'
import type { KeyProvider } from './vault/key-provider.ts'
import type { SendWebhook } from './webhooks/webhook-sender.ts'

/** What a process takes from the world around it. Whatever is not given is the real one. */
export interface Surroundings {
  databases: Databases
  keyProvider: KeyProvider
  bank: Bank
  sendWebhook: SendWebhook
  newId: typeof newId
  /** What time it is for people: sessions, keys and proofs. A sandbox's business can be days ahead of it. */
  peopleNow(): Date
  /** From 0 to just below 1. */
  random(): number
  every: Every
  /** Milliseconds on a clock that nobody turns back. */
  elapsedMs(): number
}
