import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from 'ssh2'
import { openSftpFolder, STATUS } from '../../sandbox/sftp-folder.ts'
import type { SftpReply, SftpRequest } from '../../sandbox/sftp-requests.ts'
import { cut, fingerprintOfKey, type SftpAccount, startSftpServer } from '../../sandbox/sftp-server.ts'
import { Secret } from '../../secret.ts'
import type { BankSettings } from '../bank.ts'
import { makeKeyPair } from '../key-pair.ts'

/** What goes wrong at the `at`-th request of a kind (from 1), counted over all connections, or at every one. */
export interface Fault {
  request: SftpRequest['name']
  at: number | 'every'
  what:
    | 'dropBefore' // the connection ends, nothing was done
    | 'dropAfter' // it was done, the connection ends without an answer
    | 'lieDone' // nothing was done, the answer is yes
    | 'lieFailed' // it was done, the answer is no
    | 'failure'
    | 'noPermission'
    | 'wrongSize'
    | 'silent' // no answer
    | 'moreNames' // a hundred names, again and again
    | 'noNames' // an answer without names, again and again
    | 'longNames' // one name as long as an answer may be, again and again
}

export interface FaultySftpServer {
  settings: BankSettings
  inbox: string
  outbox: string
  /** Requests seen so far, by kind. */
  seen: ReadonlyMap<string, number>
  /** Replaces the faults to come; counting starts anew. */
  plan(faults: readonly Fault[]): void
  /** Takes complete files away as soon as they are renamed, into `taken`; and acknowledges what it took, where it is told to. */
  sweep(on: boolean, acknowledges?: boolean): void
  taken: string
  /** Waits at the next request of this kind until the returned function is called. */
  pauseAt(request: SftpRequest['name']): { reached: Promise<void>; resume(): void }
  /** Cuts every open connection. */
  cutAll(): void
  stop(): Promise<void>
}

const WRONG_SIZE_OFFSET = 94

/** A bank in this process that does exactly the wrong thing at exactly the wrong time. */
export async function startFaultySftpServer(): Promise<FaultySftpServer> {
  const home = await mkdtemp(join(tmpdir(), 'fistworks-bank-'))
  const folder = await openSftpFolder(home, ['inbox', 'outbox', 'taken'], ['inbox', 'outbox', 'taken'])
  const connections = new Set<Connection>()
  const seen = new Map<string, number>()
  let faults: readonly Fault[] = []
  let isSweeping = false
  let isAcknowledging = false
  let pause: { request: string; reach(): void; resumed: Promise<void> } | null = null

  function cutAll(): void {
    for (const connection of connections) cut(connection)
  }
  async function between(request: SftpRequest, work: () => Promise<SftpReply>): Promise<SftpReply | null> {
    const count = (seen.get(request.name) ?? 0) + 1
    seen.set(request.name, count)
    if (pause?.request === request.name) {
      const { reach, resumed } = pause
      pause = null
      reach()
      await resumed
    }
    const fault = faults.find(({ request: name, at }) => name === request.name && (at === 'every' || at === count))
    const reply = fault === undefined ? await work() : await misbehave(fault, work, cutAll)
    if (isSweeping && request.name === 'RENAME' && request.target !== undefined) {
      await take(home, request.target, isAcknowledging)
    }
    return reply
  }

  const hostKey = makeKeyPair().private
  const account: SftpAccount = {
    password: 'correct horse',
    serve: async () => ({ folder, between, onPlaced: () => undefined }),
  }
  const server = await startSftpServer({
    host: '127.0.0.1',
    port: 0,
    hostKey: () => hostKey,
    accountOf: (username) => (username === 'payer' ? account : null),
    onConnection(connection) {
      connections.add(connection)
      connection.on('close', () => connections.delete(connection))
    },
  })
  return {
    settings: {
      host: '127.0.0.1',
      port: server.port,
      username: 'payer',
      authentication: { method: 'password', password: Secret.of('correct horse') },
      hostKeyFingerprints: [fingerprintOfKey(hostKey)],
    },
    inbox: join(home, 'inbox'),
    outbox: join(home, 'outbox'),
    taken: join(home, 'taken'),
    seen,
    plan(next) {
      faults = next
      seen.clear()
    },
    sweep(on, acknowledges = false) {
      isSweeping = on
      isAcknowledging = acknowledges
    },
    pauseAt(request) {
      let reach = () => {}
      let resume = () => {}
      const reached = new Promise<void>((resolve) => (reach = resolve))
      const resumed = new Promise<void>((resolve) => (resume = resolve))
      pause = { request, reach, resumed }
      return { reached, resume }
    },
    cutAll,
    async stop() {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

async function misbehave(fault: Fault, work: () => Promise<SftpReply>, cutAll: () => void): Promise<SftpReply | null> {
  switch (fault.what) {
    case 'dropBefore':
      cutAll()
      return null
    case 'dropAfter':
      await work()
      cutAll()
      return null
    case 'lieDone':
      return { status: STATUS.ok }
    case 'lieFailed':
      await work()
      return { status: STATUS.failure }
    case 'failure':
      return { status: STATUS.failure }
    case 'noPermission':
      return { status: STATUS.permissionDenied }
    case 'silent':
      return null
    case 'moreNames':
      return named(Array.from({ length: 100 }, (_, index) => `name-${index}`))
    case 'noNames':
      return named([])
    case 'longNames':
      return named(['n'.repeat(200_000)])
    case 'wrongSize': {
      const reply = await work()
      if (!('attributes' in reply)) return reply
      return { attributes: { ...reply.attributes, size: reply.attributes.size + WRONG_SIZE_OFFSET } }
    }
  }
}

function named(names: readonly string[]): SftpReply {
  const attrs = { mode: 0o100_644, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }
  return { names: names.map((filename) => ({ filename, longname: '', attrs })) }
}

async function take(home: string, target: string, acknowledges: boolean): Promise<void> {
  const name = target.split('/').at(-1) ?? ''
  const taken = await readdir(join(home, 'taken'))
  const copies = taken.filter((other) => other.startsWith(name)).length
  const kept = join(home, 'taken', `${name}#${copies + 1}`)
  const isThere = await rename(join(home, 'inbox', name), kept).then(
    () => true,
    () => false,
  )
  if (!isThere || !acknowledges) return
  const sha256 = createHash('sha256')
    .update(await readFile(kept))
    .digest('hex')
  await writeFile(join(home, 'outbox', `${name}.ack`), `ACCEPTED ${sha256}\n`)
}

/** Names and bytes of what lies in a folder. */
export async function filesIn(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })))
}
