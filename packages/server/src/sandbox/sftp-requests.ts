import type { FileHandle } from 'node:fs/promises'
import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2'
import { type FolderEntry, type SftpFolder, SftpRefusal, STATUS } from './sftp-folder.ts'

/** One request of a client. */
export interface SftpRequest {
  name:
    | 'OPEN'
    | 'READ'
    | 'WRITE'
    | 'CLOSE'
    | 'STAT'
    | 'OPENDIR'
    | 'READDIR'
    | 'REMOVE'
    | 'RENAME'
    | 'REALPATH'
    | 'SETSTAT'
  /** Of the file, also where the request only names a handle. */
  path: string
  /** The new name of a rename. */
  target?: string
  /** What a WRITE brings; what stands here when it is done is written. */
  data?: Buffer
}

export type SftpReply =
  | { status: number }
  | { handle: Buffer }
  | { data: Buffer }
  | { names: FileEntry[] }
  | { attributes: Attributes }

/** Stands between a request and its answer; `null` gives none. Where the faulty bank of the tests gets its faults from. */
export type Between = (request: SftpRequest, answer: () => Promise<SftpReply>) => Promise<SftpReply | null>

export interface SftpServing {
  folder: SftpFolder
  between: Between
  /** A file lies complete under this path: it was closed after writing, or renamed. */
  onPlaced(path: string): void
}

interface OpenFile {
  path: string
  file: FileHandle | null
  names: FolderEntry[]
  isWritten: boolean
}

const READ_BYTES_MAX = 256 * 1024
const FILE_BYTES_MAX = 256 * 1024 * 1024
const HANDLES_MAX = 64

/** Answers the requests of one session, one after the other. */
export function serveSftp(sftp: SFTPWrapper, serving: SftpServing): void {
  const session = openSession(sftp, serving)
  onFileRequests(sftp, serving, session)
  onFolderRequests(sftp, serving.folder, session)
  onNameRequests(sftp, serving, session)
}

type Session = ReturnType<typeof openSession>

function openSession(sftp: SFTPWrapper, { between }: SftpServing) {
  const handles = new Map<string, OpenFile>()
  let nextHandle = 0
  let queue: Promise<void> = Promise.resolve()
  sftp.on('close', () => {
    for (const { file } of handles.values()) void file?.close().catch(() => undefined)
  })

  function find(handle: Buffer): OpenFile {
    const found = handles.get(handle.toString('hex'))
    if (found === undefined) throw new SftpRefusal(STATUS.failure)
    return found
  }
  return {
    find,
    keep(open: OpenFile): SftpReply {
      if (handles.size >= HANDLES_MAX) throw new SftpRefusal(STATUS.failure)
      const handle = Buffer.alloc(4)
      handle.writeUInt32BE(nextHandle++)
      handles.set(handle.toString('hex'), open)
      return { handle }
    },
    drop(handle: Buffer): OpenFile {
      const open = find(handle)
      handles.delete(handle.toString('hex'))
      return open
    },
    pathOf: (handle: Buffer) => handles.get(handle.toString('hex'))?.path ?? '',
    /** `request` is called in its turn: a handle may not be known before. */
    answer(id: number, request: () => SftpRequest, work: () => Promise<SftpReply>): void {
      queue = queue.then(async () => {
        const reply = await between(request(), () => work().catch(refusal)).catch(refusal)
        if (reply !== null) send(sftp, id, reply)
      })
    },
  }
}

function onFileRequests(sftp: SFTPWrapper, { folder, onPlaced }: SftpServing, session: Session): void {
  const { answer, find, keep, drop, pathOf } = session
  sftp.on('OPEN', (id, path, flags) => {
    answer(
      id,
      () => ({ name: 'OPEN', path }),
      async () => keep({ path, file: await folder.open(path, flags), names: [], isWritten: (flags & 2) !== 0 }),
    )
  })
  sftp.on('READ', (id, handle, offset, length) => {
    answer(
      id,
      () => ({ name: 'READ', path: pathOf(handle) }),
      async () => read(find(handle), Number(offset), length),
    )
  })
  sftp.on('WRITE', (id, handle, offset, data) => {
    const bytes: Pick<SftpRequest, 'data'> = { data }
    answer(
      id,
      () => Object.assign(bytes, { name: 'WRITE' as const, path: pathOf(handle) }),
      async () => write(find(handle), Number(offset), bytes.data ?? data),
    )
  })
  sftp.on('CLOSE', (id, handle) => {
    answer(
      id,
      () => ({ name: 'CLOSE', path: pathOf(handle) }),
      async () => {
        const open = drop(handle)
        await open.file?.close()
        if (open.isWritten) onPlaced(folder.normal(open.path))
        return { status: STATUS.ok }
      },
    )
  })
}

function onFolderRequests(sftp: SFTPWrapper, folder: SftpFolder, session: Session): void {
  const { answer, find, keep, pathOf } = session
  sftp.on('OPENDIR', (id, path) => {
    answer(
      id,
      () => ({ name: 'OPENDIR', path }),
      async () => keep({ path, file: null, names: await folder.names(path), isWritten: false }),
    )
  })
  sftp.on('READDIR', (id, handle) => {
    answer(
      id,
      () => ({ name: 'READDIR', path: pathOf(handle) }),
      async () => {
        const names = find(handle).names.splice(0, 100)
        return names.length === 0
          ? { status: STATUS.endOfFile }
          : { names: names.map(({ name, attributes }) => entry(name, attributes)) }
      },
    )
  })
  sftp.on('REALPATH', (id, path) => {
    answer(
      id,
      () => ({ name: 'REALPATH', path }),
      async () => ({ names: [entry(folder.normal(path), NO_ATTRIBUTES)] }),
    )
  })
}

function onNameRequests(sftp: SFTPWrapper, { folder, onPlaced }: SftpServing, session: Session): void {
  const { answer, pathOf } = session
  const stat = (id: number, path: () => string) =>
    answer(
      id,
      () => ({ name: 'STAT', path: path() }),
      async () => ({ attributes: await folder.attributes(path()) }),
    )
  sftp.on('STAT', (id, path) => stat(id, () => path))
  sftp.on('LSTAT', (id, path) => stat(id, () => path))
  sftp.on('FSTAT', (id, handle) => stat(id, () => pathOf(handle)))
  sftp.on('REMOVE', (id, path) => {
    answer(
      id,
      () => ({ name: 'REMOVE', path }),
      async () => {
        await folder.remove(path)
        return { status: STATUS.ok }
      },
    )
  })
  sftp.on('RENAME', (id, path, target) => {
    answer(
      id,
      () => ({ name: 'RENAME', path, target }),
      async () => {
        await folder.rename(path, target)
        onPlaced(folder.normal(target))
        return { status: STATUS.ok }
      },
    )
  })
  /** Times and modes of clients are taken and forgotten. */
  const ignore = (id: number, path: () => string) =>
    answer(
      id,
      () => ({ name: 'SETSTAT', path: path() }),
      async () => ({ status: STATUS.ok }),
    )
  sftp.on('SETSTAT', (id, path) => ignore(id, () => path))
  sftp.on('FSETSTAT', (id, handle) => ignore(id, () => pathOf(handle)))
}

async function read(open: OpenFile, offset: number, length: number): Promise<SftpReply> {
  if (open.file === null) throw new SftpRefusal(STATUS.failure)
  const buffer = Buffer.alloc(Math.min(length, READ_BYTES_MAX))
  const { bytesRead } = await open.file.read(buffer, 0, buffer.length, offset)
  return bytesRead === 0 ? { status: STATUS.endOfFile } : { data: buffer.subarray(0, bytesRead) }
}

async function write(open: OpenFile, offset: number, data: Buffer): Promise<SftpReply> {
  if (open.file === null || offset + data.length > FILE_BYTES_MAX) throw new SftpRefusal(STATUS.failure)
  await open.file.write(data, 0, data.length, offset)
  return { status: STATUS.ok }
}

function refusal(error: unknown): SftpReply {
  return { status: error instanceof SftpRefusal ? error.status : STATUS.failure }
}

const NO_ATTRIBUTES: Attributes = { mode: 0o100600, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }

function entry(filename: string, attrs: Attributes): FileEntry {
  return { filename, longname: filename, attrs }
}

function send(sftp: SFTPWrapper, id: number, reply: SftpReply): void {
  if ('status' in reply) sftp.status(id, reply.status)
  else if ('handle' in reply) sftp.handle(id, reply.handle)
  else if ('data' in reply) sftp.data(id, reply.data)
  else if ('names' in reply) sftp.name(id, reply.names)
  else sftp.attrs(id, reply.attributes)
}
