import { constants } from 'node:fs'
import { type FileHandle, link, lstat, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Attributes } from 'ssh2'

/** Status codes of SFTP version 3. */
export const STATUS = { ok: 0, endOfFile: 1, noSuchFile: 2, permissionDenied: 3, failure: 4, unsupported: 8 } as const

/** An answer that is a "no". */
export class SftpRefusal extends Error {
  readonly status: number

  constructor(status: number) {
    super(`SFTP status ${status}`)
    this.name = 'SftpRefusal'
    this.status = status
  }
}

const OPEN = { read: 1, write: 2, append: 4, create: 8, truncate: 16, exclusive: 32 } as const
const DIRECTORY: Attributes = { mode: 0o40700, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }
const NAME_BYTES_MAX = 255

/** What lies in a directory. */
export interface FolderEntry {
  name: string
  attributes: Attributes
}

/**
 * A folder on disk as an SFTP user sees it: `/`, and directories in it with files. Nothing outside of it can be named, and
 * no link is followed.
 */
export interface SftpFolder {
  directories: readonly string[]
  attributes(path: string): Promise<Attributes>
  names(path: string): Promise<FolderEntry[]>
  open(path: string, flags: number): Promise<FileHandle>
  /** Fails when the new name is taken, as OpenSSH does. */
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
  /** Where a path lies, in the folder's own words: `/inbox/a.ach`. */
  normal(path: string): string
}

export async function openSftpFolder(
  folder: string,
  directories: readonly string[],
  writable: readonly string[],
): Promise<SftpFolder> {
  for (const name of directories) await mkdir(join(folder, name), { recursive: true, mode: 0o700 })

  /** Splits a path into directory and file; everything else does not exist. */
  function parts(path: string): { directory: string; file: string } {
    const names = path.split('/').filter((name) => name !== '' && name !== '.')
    const [directory = '', file = '', ...more] = names
    const isNamed = names.every(isName)
    if (!isNamed || more.length > 0) throw new SftpRefusal(STATUS.noSuchFile)
    if (directory !== '' && !directories.includes(directory)) throw new SftpRefusal(STATUS.noSuchFile)
    return { directory, file }
  }

  function fileAt(path: string, changes: boolean): string {
    const { directory, file } = parts(path)
    if (file === '') throw new SftpRefusal(STATUS.failure)
    if (changes && !writable.includes(directory)) throw new SftpRefusal(STATUS.permissionDenied)
    return join(folder, directory, file)
  }

  return {
    directories,
    normal(path) {
      const { directory, file } = parts(path)
      return `/${[directory, file].filter((name) => name !== '').join('/')}`
    },
    async attributes(path) {
      const { directory, file } = parts(path)
      return file === '' ? DIRECTORY : fileAttributes(join(folder, directory, file))
    },
    async names(path) {
      const { directory, file } = parts(path)
      if (directory === '') return directories.map((name) => ({ name, attributes: DIRECTORY }))
      if (file !== '') throw new SftpRefusal(STATUS.failure)
      const names = await readdir(join(folder, directory))
      // Somebody may take a file away meanwhile.
      const found = names.map(async (name) => {
        const attributes = await fileAttributes(join(folder, directory, name)).catch(() => null)
        return attributes === null ? [] : [{ name, attributes }]
      })
      return (await Promise.all(found)).flat()
    },
    open(path, flags) {
      const changes = (flags & ~OPEN.read) !== 0
      const at = fileAt(path, changes)
      return answered(open(at, nodeFlags(flags), 0o600))
    },
    async rename(from, to) {
      const source = fileAt(from, true)
      const target = fileAt(to, true)
      const { mode } = await answered(lstat(source))
      if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new SftpRefusal(STATUS.failure)
      await answered(link(source, target))
      await answered(unlink(source))
    },
    async remove(path) {
      await answered(unlink(fileAt(path, true)))
    },
  }
}

const isName = (name: string) => name !== '..' && !name.includes('\0') && Buffer.byteLength(name) <= NAME_BYTES_MAX

async function fileAttributes(path: string): Promise<Attributes> {
  const stats = await answered(lstat(path))
  const seconds = Math.floor(stats.mtimeMs / 1000)
  return { mode: stats.mode, uid: 0, gid: 0, size: stats.size, atime: seconds, mtime: seconds }
}

function nodeFlags(flags: number): number {
  const canRead = (flags & OPEN.read) !== 0
  const canWrite = (flags & OPEN.write) !== 0
  let mode = constants.O_NOFOLLOW
  if (canWrite) mode |= canRead ? constants.O_RDWR : constants.O_WRONLY
  if (flags & OPEN.append) mode |= constants.O_APPEND
  if (flags & OPEN.create) mode |= constants.O_CREAT
  if (flags & OPEN.truncate) mode |= constants.O_TRUNC
  if (flags & OPEN.exclusive) mode |= constants.O_EXCL
  return mode
}

const REFUSALS: Record<string, number> = {
  ENOENT: STATUS.noSuchFile,
  ENOTDIR: STATUS.noSuchFile,
  EACCES: STATUS.permissionDenied,
  EPERM: STATUS.permissionDenied,
}

async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new SftpRefusal(REFUSALS[code] ?? STATUS.failure)
  }
}
