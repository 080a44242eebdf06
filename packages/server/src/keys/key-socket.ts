import { chmodSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { OperatorRequest } from './operator-request.ts'

/** Unix sockets have short names; a longer one cannot be listened on. */
const LONGEST_PATH_BYTES = 100

/** Does what was asked and tells of it in lines. */
type Answerer = (request: OperatorRequest) => Promise<string[]>
type Answer = { lines: string[] } | { error: string }

function socketOf(dataFolder: string): string {
  return join(dataFolder, 'keys.sock')
}

/**
 * The running server owns the databases, so `fistworks keys` and `fistworks deliveries` ask it, through a socket in the data folder that only its
 * owner can open.
 * @returns null when the folder's path is too long for a socket
 */
export async function listenForKeyRequests(
  dataFolder: string,
  answerer: Answerer,
): Promise<{ close(): Promise<void> } | null> {
  const path = socketOf(dataFolder)
  if (Buffer.byteLength(path) > LONGEST_PATH_BYTES) return null
  // The databases are ours alone, so what lies here was left by a process that is gone.
  rmSync(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    createInterface({ input: socket }).once(
      'line',
      (line) => void answer(answerer, line).then((text) => socket.end(text)),
    )
  })
  await listen(server, path)
  chmodSync(path, 0o600)
  return {
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
}

async function answer(answerer: Answerer, line: string): Promise<string> {
  try {
    const request: OperatorRequest = JSON.parse(line)
    const lines = await answerer(request)
    return JSON.stringify({ lines } satisfies Answer)
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : 'It did not work.' } satisfies Answer)
  }
}

/** Asks the running server. @returns null when none runs on this folder @throws Error with what it answered */
export async function askServer(dataFolder: string, request: OperatorRequest): Promise<string[] | null> {
  const socket = await connected(socketOf(dataFolder))
  if (socket === null) return null
  socket.write(`${JSON.stringify(request)}\n`)
  const text = (await socket.setEncoding('utf8').toArray()).join('')
  if (text === '') throw new Error('The server went away before it answered. Look with its status command')
  const answered: Answer = JSON.parse(text)
  if ('error' in answered) throw new Error(answered.error)
  return answered.lines
}

function connected(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}
