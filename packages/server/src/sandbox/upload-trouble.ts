import { scenarioOf } from './scenarios.ts'
import { SftpRefusal, STATUS } from './sftp-folder.ts'
import type { Between } from './sftp-requests.ts'

export interface TroubleOptions {
  now(): Date
  /** When each entry, by its trace number, first got its trouble. */
  troubles: Record<string, string>
  /** Keeps `troubles`. */
  save(): Promise<void>
  /** Ends the connection without a word. */
  cut(): void
}

const RECORD = /^6\d{2}.{9}(.{17})(\d{10}).{15}.{22}.{2}.(\d{15})\r?\n/gm
const RECORD_LENGTH = 95
const FULL_MS = 5 * 60_000

/**
 * Trouble that an entry asks for while its file is still being written: the connection that ends at its last byte, once;
 * and the disk that is full, for five minutes from when the entry was first seen.
 */
export function uploadTrouble(options: TroubleOptions): Between {
  /** The end of what was written of each file, as an entry can come in two pieces. */
  const tails = new Map<string, string>()

  return async (request, answer) => {
    if (request.name === 'CLOSE') tails.delete(request.path)
    const { data } = request
    if (request.name !== 'WRITE' || data === undefined) return answer()
    const tail = tails.get(request.path) ?? ''
    const text = tail + data.toString('latin1')
    tails.set(request.path, text.slice(-RECORD_LENGTH))
    for (const [record, account = '', amount = '', trace = ''] of text.matchAll(RECORD)) {
      const scenario = scenarioOf({ accountNumber: account, amountCents: Number(amount) })
      if (scenario?.kind !== 'bank') continue
      if (scenario.conduct === 'diskFull' && (await isFull(trace))) throw new SftpRefusal(STATUS.failure)
      if (scenario.conduct === 'drops' && (await isFirst(trace))) {
        request.data = data.subarray(0, text.indexOf(record) + record.length - tail.length)
        await answer()
        options.cut()
        return null
      }
    }
    return answer()
  }

  async function isFirst(trace: string): Promise<boolean> {
    if (options.troubles[trace] !== undefined) return false
    options.troubles[trace] = options.now().toISOString()
    await options.save()
    return true
  }

  async function isFull(trace: string): Promise<boolean> {
    await isFirst(trace)
    return options.now().getTime() < Date.parse(options.troubles[trace] ?? '') + FULL_MS
  }
}
