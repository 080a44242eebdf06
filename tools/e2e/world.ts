import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenSsh, startOpenSsh } from '../../packages/server/src/banks/testing/open-ssh.ts'
import { answers } from '../ports.ts'
import { processGroup } from '../process-group.ts'
import { inWorkspace, nodeOptions } from '../workspace.ts'

/** The product as `npm start` runs it, in folders of its own, beside a real OpenSSH server that plays the bank. */
export interface World {
  serverUrl: string
  exampleUrl: string
  /** Holds `server` and `example`: databases, keys, books. */
  folder: string
  /** Everything the two processes printed. */
  printed: string[]
  bank: OpenSsh
  /** Kills server and example as a power cut would; what they left lies in `folder`. */
  crash(): Promise<void>
  stop(): Promise<void>
}

export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'fistworks-world-'))
  const bank = await startOpenSsh()
  const [port, examplePort, sandboxPort] = [await freePort(), await freePort(), await freePort()]
  const serverUrl = `http://localhost:${port}`
  const exampleUrl = `http://localhost:${examplePort}`
  const printed: string[] = []
  const group = processGroup((line) => printed.push(line))
  const environment = {
    FISTWORKS_PORT: String(port),
    FISTWORKS_EXAMPLE_PORT: String(examplePort),
    FISTWORKS_LOG_LEVEL: 'debug',
    FISTWORKS_SANDBOX_BANK_PORT: String(sandboxPort),
    FISTWORKS_SFTP_PORTS: String(bank.port),
    FISTWORKS_DATA: join(folder, 'server'),
    FISTWORKS_EXAMPLE_DATA: join(folder, 'example'),
    FISTWORKS_EXAMPLE_CONFIG: join(folder, 'server', 'example.json'),
  }
  const stop = async () => {
    await group.stop()
    await bank.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const launch = async (name: string, file: string, args: string[], url: string) => {
    group.launch({ name, args: [...nodeOptions, inWorkspace(file), ...args], environment })
    if (await answers(url, 60_000, AbortSignal.timeout(60_000))) return
    await stop()
    throw new Error(`The ${name} did not start:\n${printed.join('\n')}`)
  }
  await launch('server', 'packages/server/src/main.ts', ['dev'], `${serverUrl}/healthz`)
  await launch('example', 'examples/accounting-app/src/main.ts', [], exampleUrl)
  const crash = () => group.stop(0)
  return { serverUrl, exampleUrl, folder, printed, bank, crash, stop }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
