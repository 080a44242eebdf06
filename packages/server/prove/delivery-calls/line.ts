import type { BankSession, BankSettings } from '../../src/banks/bank.ts'
import { BankFault } from '../../src/banks/bank-fault.ts'
import { OutcomeUnknown, type Storage } from '../../src/storage/transaction.ts'
import { connectToTestBank } from '../../src/submissions/testing/delivery.ts'

/** `before`: it was not done. `half`: begun and cut off. `after`: done, and nobody heard of it. */
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

  async function stored<T>(work: () => Promise<T>): Promise<T> {
    if (!isStruck('a change of the database')) return work()
    if (fault !== 'after') throw new Error('The database is gone.')
    await work()
    throw new OutcomeUnknown(new Error('The database is gone.'))
  }

  return {
    get struck() {
      return struck
    },
    storage: stored,
    around: (storage) => {
      const write: Storage['write'] = (work) => stored(() => storage.write(work))
      return Object.create(storage, { write: { value: write } }) as Storage
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
    uploadExclusive: (path, bytes) => {
      const half = () => session.uploadExclusive(path, bytes.subarray(0, Math.floor(bytes.length / 2)))
      return remote('upload', () => session.uploadExclusive(path, bytes), half)
    },
    rename: (from, to) => remote('rename', () => session.rename(from, to)),
    remove: (path) => remote('remove', () => session.remove(path)),
    async *readFile(path, maxBytes) {
      await remote('read', async () => undefined)
      yield* session.readFile(path, maxBytes)
    },
    close: () => session.close(),
  }
}
