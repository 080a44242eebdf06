import type { SFTPWrapper } from 'ssh2'
import { BankFault, isFault } from './bank-fault.ts'
import { type Call, type SftpError, STATUS } from './sftp-call.ts'

/** Every server takes chunks of this size. */
const CHUNK_BYTES = 32 * 1024
/** What OpenSSH takes beside the rest of a packet: fewer answers to wait for, and fewer packets to seal. */
const LARGE_CHUNK_BYTES = 255_000
/** Bytes on the way: they keep a fast line full, and memory flat. */
const WINDOW_BYTES = 2_000_000

/** Makes a new file, writes it whole and flushes it. */
export async function upload(call: Call, sftp: SFTPWrapper, path: string, bytes: Uint8Array, transferMs: number) {
  const handle = await call<Buffer>((answer) => sftp.open(path, 'wx', { mode: 0o600 }, answer)).catch((fault) => {
    throw isFault(fault, 'fileMissing') ? new BankFault('directoryMissing') : fault
  })
  await writeAll(call, sftp, handle, bytes, performance.now() + transferMs)
  if (offersFsync(sftp)) {
    await call((answer) => sftp.ext_openssh_fsync(handle, (error) => answer(error, undefined))).catch(storageFault)
  }
  await call((answer) => sftp.close(handle, (error) => answer(error, undefined))).catch(storageFault)
}

/** What the library found out that the server takes; more would be sent in pieces, one after the other. */
function chunkBytesOf(sftp: SFTPWrapper, kind: '_maxReadLen' | '_maxWriteLen'): number {
  const most = (sftp as unknown as Partial<Record<typeof kind, number>>)[kind] ?? CHUNK_BYTES
  return most >= LARGE_CHUNK_BYTES ? LARGE_CHUNK_BYTES : Math.min(most, CHUNK_BYTES)
}

/** Keeps a fixed number of chunks on the way, so that memory does not grow with the file. */
async function writeAll(call: Call, sftp: SFTPWrapper, handle: Buffer, bytes: Uint8Array, until: number) {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunkBytes = chunkBytesOf(sftp, '_maxWriteLen')
  let next = 0
  async function lane(): Promise<void> {
    while (next < source.length) {
      if (performance.now() > until) throw new BankFault('timedOut')
      const offset = next
      const length = Math.min(chunkBytes, source.length - offset)
      next += length
      await call((answer) => sftp.write(handle, source, offset, length, offset, (error) => answer(error, undefined)))
    }
  }
  await Promise.all(Array.from({ length: lanesOf(chunkBytes) }, lane)).catch(storageFault)
}

function lanesOf(chunkBytes: number): number {
  return Math.ceil(WINDOW_BYTES / chunkBytes)
}

/** A "failure" while writing has one usual cause, and the protocol has no word for it. */
function storageFault(fault: unknown): never {
  throw isFault(fault, 'refused') ? new BankFault('diskFull', 'SFTP status 4') : fault
}

/** The bytes of a file in their order. As many chunks are asked for as fit on the way. */
export async function* readAll(
  call: Call,
  sftp: SFTPWrapper,
  path: string,
  maxBytes: number,
  transferMs: number,
): AsyncGenerator<Uint8Array> {
  const handle = await call<Buffer>((answer) => sftp.open(path, 'r', answer))
  const chunkBytes = chunkBytesOf(sftp, '_maxReadLen')
  const asked: Promise<Buffer>[] = []
  let next = 0
  function ask(): void {
    const chunk = readChunk(call, sftp, handle, next, chunkBytes)
    // Whoever waits for the chunk before it hears of the fault first.
    chunk.catch(() => undefined)
    asked.push(chunk)
    next += chunkBytes
  }
  try {
    const until = performance.now() + transferMs
    for (let position = 0; ; ) {
      if (performance.now() > until) throw new BankFault('timedOut')
      while (asked.length < lanesOf(chunkBytes) && next <= maxBytes) ask()
      const chunk = await (asked.shift() ?? Promise.resolve(Buffer.alloc(0)))
      position += chunk.length
      if (position > maxBytes) throw new BankFault('tooLarge')
      if (chunk.length === 0) return
      yield chunk
      if (chunk.length === chunkBytes) continue
      // What was asked for behind a short answer begins in the wrong place.
      await Promise.allSettled(asked.splice(0))
      next = position
    }
  } finally {
    await Promise.allSettled(asked)
    await call((answer) => sftp.close(handle, (error) => answer(error, undefined))).catch(() => undefined)
  }
}

async function readChunk(
  call: Call,
  sftp: SFTPWrapper,
  handle: Buffer,
  position: number,
  length: number,
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length)
  const read = await call<number>((answer) =>
    sftp.read(handle, buffer, 0, length, position, (error, bytesRead) => {
      const code = (error as SftpError | undefined)?.code
      return code === STATUS.endOfFile ? answer(undefined, 0) : answer(error, bytesRead)
    }),
  )
  return buffer.subarray(0, read)
}

function offersFsync(sftp: SFTPWrapper): boolean {
  return (sftp as unknown as { _extensions?: Record<string, string> })._extensions?.['fsync@openssh.com'] === '1'
}
