import type { SFTPWrapper } from 'ssh2'
import type { RemoteEntry } from './bank.ts'
import { BankFault, isFault } from './bank-fault.ts'
import { type Call, type SftpError, STATUS } from './sftp-call.ts'

/** Asks for one handful of names after the other, and for no more than are wanted. */
export async function listFiles(call: Call, sftp: SFTPWrapper, path: string, max: number) {
  const handle = await call<Buffer>((answer) => sftp.opendir(path, answer)).catch((fault) => {
    throw isFault(fault, 'fileMissing') ? new BankFault('directoryMissing') : fault
  })
  const files: RemoteEntry[] = []
  try {
    for (;;) {
      const some = await nextNames(call, sftp, handle)
      if (some === null) return { files, isAll: true }
      files.push(...some)
      if (files.length > max) return { files: files.slice(0, max), isAll: false }
    }
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
          name: filename,
          isFile: attrs.isFile(),
          sizeBytes: attrs.size,
          modifiedAt: Number.isSafeInteger(attrs.mtime) ? attrs.mtime : null,
        })),
      )
    }),
  )
}
