import type { SFTPWrapper } from 'ssh2'
import type { RemoteEntry } from './bank.ts'
import { BankFault, isFault } from './bank-fault.ts'
import { type Call, type SftpError, STATUS } from './sftp-call.ts'

/** Answers without a name that a bank may give: one for those of the directory itself and its parent is usual. */
const EMPTY_ANSWERS_MAX = 10
/** A longer name is cut: nothing of ours is called so, and who sends many of them fills no memory. */
const NAME_CHARACTERS_MAX = 1_024

/**
 * Asks for one handful of names after the other, for no more than are wanted, and not for longer than a transfer may
 * take: a server that never comes to an end is left, whatever it says.
 */
export async function listFiles(call: Call, sftp: SFTPWrapper, path: string, max: number, transferMs: number) {
  const handle = await call<Buffer>((answer) => sftp.opendir(path, answer)).catch((fault) => {
    throw isFault(fault, 'fileMissing') ? new BankFault('directoryMissing') : fault
  })
  const files: RemoteEntry[] = []
  const until = performance.now() + transferMs
  try {
    for (let empty = 0; empty <= EMPTY_ANSWERS_MAX; ) {
      if (performance.now() > until) throw new BankFault('timedOut')
      const some = await nextNames(call, sftp, handle)
      if (some === null) return { files, isAll: true }
      files.push(...some)
      if (files.length > max) return { files: files.slice(0, max), isAll: false }
      if (some.length === 0) empty += 1
    }
    throw new BankFault('refused', 'a directory without end')
  } finally {
    await call((answer) => sftp.close(handle, (error) => answer(error, undefined))).catch(() => undefined)
  }
}

/** `null` when there are no more. */
function nextNames(call: Call, sftp: SFTPWrapper, handle: Buffer): Promise<RemoteEntry[] | null> {
  return call<RemoteEntry[] | null>((answer) =>
    sftp.readdir(handle, (error, entries) => {
      if (error) return (error as SftpError).code === STATUS.endOfFile ? answer(undefined, null) : answer(error, null)
      const real = entries.filter(({ filename }) => filename !== '.' && filename !== '..')
      answer(
        undefined,
        real.map(({ filename, attrs }) => ({
          name: shortened(filename),
          isFile: attrs.isFile(),
          sizeBytes: attrs.size,
          modifiedAt: Number.isSafeInteger(attrs.mtime) ? attrs.mtime : null,
        })),
      )
    }),
  )
}

/** A copy: a piece of a string keeps all of it in memory. */
function shortened(name: string): string {
  return name.length > NAME_CHARACTERS_MAX ? Buffer.from(name.slice(0, NAME_CHARACTERS_MAX)).toString() : name
}
