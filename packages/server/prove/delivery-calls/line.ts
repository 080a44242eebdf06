import type { BankSession, BankSettings } from '../../src/banks/bank.ts'
import { BankFault } from '../../src/banks/bank-fault.ts'
import { surrounded } from '../../src/storage/owned-by.ts'
import { OutcomeUnknown, type Storage, type Tx } from '../../src/storage/transaction.ts'
import { failing } from '../simulation/faulty-storage.ts'
import { connectToTestBank } from '../../src/submissions/testing/delivery.ts'

/** `before`: it was not done. `half`: begun and cut off, or taken back. `after`: done, and nobody heard of it. */
export const FAULTS = ['before', 'half', 'after'] as const
type Fault = (typeof FAULTS)[number]

/** The calls of one run to the bank and to the database, of which one fails. */
export interface Line {
  /** What the call that failed was; `null` while none has. */
  readonly struck: string | null
  connect(settings: BankSettings): Promise<BankSession>
  around(storage: Storage): Storage
  /** A call to the database that somebody makes who is no worker. */
  storage<T>(work: () => Promise<T>): Promise<T>
}

export function lineThatBreaks(fault: Fault, at: number): Line {
  let calls = 0
  let struck: string | null = null

  function isStruck(what: string): boolean {
    if (calls++ !== at) return false
    struck = what
    return true
  }

  async function remote<T>(what: string, work: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
    if (!isStruck(what)) return work()
    if (fault === 'half') await half?.()
    if (fault === 'after') await work()
    throw new BankFault(fault === 'half' ? 'timedOut' : 'connectionLost')
  }

  function gone(): Error {
    return new Error('The database is gone.')
  }

  async function stored<T>(work: () => Promise<T>): Promise<T> {
    if (!isStruck('a change of the database')) return work()
    if (fault !== 'after') throw gone()
    await work()
    throw new OutcomeUnknown(gone())
  }

  /** Half of a change is taken back as a whole, wherever it breaks: at its second statement, or where it has none at its end. */
  function write<T>(storage: Storage, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (fault !== 'half') return stored(() => storage.write(work))
    if (!isStruck('a change of the database')) return storage.write(work)
    return storage.write(async (tx) => {
      await work(failing(tx, 2))
      throw gone()
    })
  }

  /** What fails in the middle or after it tells nothing either: each reading fails once. */
  async function reading<T>(work: () => PromiseLike<T>): Promise<T> {
    if (fault === 'before' && isStruck('a reading of the database')) throw gone()
    return work()
  }

  return {
    get struck() {
      return struck
    },
    storage: stored,
    around: (storage) => {
      const { read } = surrounded(storage, reading)
      return Object.create(storage, {
        read: { value: read },
        write: { value: <T>(work: (tx: Tx) => Promise<T>) => write(storage, work) },
      }) as Storage
    },
    connect: async (settings) => {
      const session = await remote('connect', () => connectToTestBank(settings))
      return brittle(session, remote)
    },
  }
}

type Remote = <T>(what: string, work: () => Promise<T>, half?: () => Promise<unknown>) => Promise<T>

function brittle(session: BankSession, remote: Remote): BankSession {
  const { hostKeyFingerprint } = session
  return {
    hostKeyFingerprint,
    stat: (path) => remote('stat', () => session.stat(path)),
    listDirectory: (path) => remote('list', () => session.listDirectory(path)),
    listFiles: (path, max) => remote('list', () => session.listFiles(path, max)),
    uploadExclusive: (path, bytes) => {
      const half = () => session.uploadExclusive(path, bytes.subarray(0, Math.floor(bytes.length / 2)))
      return remote('upload', () => session.uploadExclusive(path, bytes), half)
    },
    rename: (from, to) => remote('rename', () => session.rename(from, to)),
    remove: (path) => remote('remove', () => session.remove(path)),
    async *readFile(path, maxBytes) {
      let beginning: Uint8Array | undefined
      const half = async () => {
        for await (const chunk of session.readFile(path, maxBytes)) beginning ??= chunk.slice(0, chunk.length / 2)
      }
      try {
        await remote('read', async () => undefined, half)
      } catch (fault) {
        if (beginning !== undefined) yield beginning
        throw fault
      }
      yield* session.readFile(path, maxBytes)
    },
    close: () => session.close(),
  }
}
