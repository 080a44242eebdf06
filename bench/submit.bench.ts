import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSftpBank } from '../packages/server/src/banks/sftp-bank.ts'
import { type OpenSsh, startOpenSsh } from '../packages/server/src/banks/testing/open-ssh.ts'
import { Secret } from '../packages/server/src/secret.ts'
import { attemptAtBank } from '../packages/server/src/submissions/attempt.ts'
import type { SubmissionRow } from '../packages/server/src/submissions/table.ts'
import type { BenchCase } from './bench-case.ts'
import { smallFiles } from './submit-small-files.ts'

const bank = createSftpBank({ addresses: { privateRanges: ['127.0.0.1/32'], ports: [] } })

/** An OpenSSH server on this machine, and the file that goes there. */
interface World {
  ssh: OpenSsh
  folder: string
  bytes: Buffer
  sha256: string
  turn: number
}

async function createWorld(size: number): Promise<World> {
  const ssh = await startOpenSsh()
  const folder = await mkdtemp(join(tmpdir(), 'fistworks-bench-'))
  const bytes = randomBytes(size)
  await writeFile(join(folder, 'key'), ssh.privateKey, { mode: 0o600 })
  await writeFile(join(folder, 'file'), bytes)
  return { ssh, folder, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), turn: 0 }
}

/** Connect, look, put under a temporary name, flush, read back, rename, look again: as the worker does it. */
async function deliver(world: World): Promise<string> {
  const { ssh, bytes, sha256 } = world
  const { port, username, fingerprint, privateKey } = ssh
  const authentication = { method: 'privateKey' as const, privateKey: Secret.of(privateKey) }
  const settings = { host: '127.0.0.1', port, username, authentication, hostKeyFingerprints: [fingerprint] }
  const fileName = `ACH_20261123_A${++world.turn}_${sha256.slice(0, 8)}.ach`
  const session = await bank.connect(settings)
  const row = { fileName, sizeBytes: bytes.length, sha256, attempt: 1, renameAttempt: null, renameAcknowledgedAt: null }
  const ending = await attemptAtBank(
    {
      row: row as SubmissionRow,
      uploadDirectory: join(ssh.folder, 'inbox'),
      acknowledgementDirectory: null,
      otherDirectories: [],
      sweepsAtOnce: false,
      earlierUploads: [],
      record: async () => undefined,
      obstacle: async () => null,
      bytes: async () => bytes,
    },
    session,
  )
  await session.close()
  if (ending.kind !== 'delivered' || ending.how !== 'read') throw new Error(`The bench ended with ${ending.kind}.`)
  return fileName
}

const program = 'sftp'

/** The program that comes with OpenSSH: put under a temporary name, rename. It verifies nothing. */
async function sftp({ ssh, folder, turn }: World): Promise<string> {
  const name = `sftp-${turn}`
  const inbox = join(ssh.folder, 'inbox')
  const commands = `put ${join(folder, 'file')} ${inbox}/.${name}\nrename ${inbox}/.${name} ${inbox}/${name}\n`
  await writeFile(join(folder, 'batch'), commands)
  const options = ['StrictHostKeyChecking=no', `UserKnownHostsFile=${join(folder, 'known')}`, 'LogLevel=ERROR']
  const args = ['-q', '-F', '/dev/null', '-b', join(folder, 'batch'), '-P', String(ssh.port), '-i', join(folder, 'key')]
  const child = spawn(program, [...args, ...options.map((option) => `-o${option}`), `${ssh.username}@127.0.0.1`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve))
  if (code !== 0) throw new Error(`sftp ended with ${String(code)}.`)
  return name
}

function benchCase(
  name: string,
  size: number,
  implementation: string,
  run: (world: World) => Promise<string>,
): BenchCase {
  let world: World
  let last: string | null = null
  const clear = async () => {
    if (last !== null) await rm(join(world.ssh.folder, 'inbox', last))
    last = null
  }
  return {
    bench: 'submit',
    case: name,
    implementation,
    n: size,
    async setup() {
      world = await createWorld(size)
    },
    async run() {
      await clear()
      world.turn += 1
      last = await run(world)
    },
    async teardown() {
      await world.ssh.stop()
      await rm(world.folder, { recursive: true, force: true })
    },
  }
}

const sizes = { '9.5 MB, whole': 9_500_000, '64 MB, whole': 64_000_000 }

export const cases: BenchCase[] = [
  ...Object.entries(sizes).flatMap(([name, size]) => [
    benchCase(name, size, 'sftp program (verifies nothing)', sftp),
    benchCase(name, size, 'fistworks, every guard', deliver),
  ]),
  ...smallFiles,
]
