import { LeaseLost } from '../../src/jobs/jobs.ts'
import { OutcomeUnknown } from '../../src/storage/transaction.ts'
import { type KeyProvider, KeyUnavailable } from '../../src/vault/key-provider.ts'
import { openLocalKeyFile } from '../../src/vault/local-key-file.ts'
import { StorageFault } from './faulty-storage.ts'
import type { Random } from './random.ts'

/** How often things fail, each from 0 to 1. */
export interface Troubles {
  storage: number
  bank: number
  keys: number
  mail: number
  /** Of a process to be killed, or stopped for a while, at one of the moments where it waits for something. */
  kill: number
  stop: number
}

export const NO_TROUBLE: Troubles = { storage: 0, bank: 0, keys: 0, mail: 0, kill: 0, stop: 0 }

/** Faults that the simulation itself made. */
export function isOfWeather(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one instanceof StorageFault || one instanceof OutcomeUnknown || one instanceof KeyUnavailable) return true
    if (one instanceof LeaseLost) return true
  }
  return false
}

interface Keys {
  random: Random
  troubles: Troubles
  onFault(what: string): void
}

/** The master key, which cannot always be had. */
export function failingKeys(world: Keys, folder: string): KeyProvider {
  const real = openLocalKeyFile(folder)
  const use = <T>(work: () => Promise<T>): Promise<T> => {
    if (!world.random.chance(world.troubles.keys)) return work()
    world.onFault('no key')
    return Promise.reject(new KeyUnavailable('The key provider does not answer.'))
  }
  return {
    ...real,
    wrap: (dek, binding) => use(() => real.wrap(dek, binding)),
    unwrap: (wrapped, kekId, binding) => use(() => real.unwrap(wrapped, kekId, binding)),
  }
}
