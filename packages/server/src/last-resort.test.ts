import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

test('what nobody caught is logged without its numbers, what is under way is answered, and the process ends', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fistworks-uncaught-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const port = await freePort()
  const script = fileURLToPath(new URL('testing/start-drained.ts', import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@fistworks/source', script], {
    env: {
      ...process.env,
      FISTWORKS_DATA: folder,
      FISTWORKS_PORT: String(port),
      FISTWORKS_PUBLIC_ORIGIN: 'https://ach.example.com',
      FISTWORKS_ALLOW_LOCAL_KEY_FILE: 'yes',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let printed = ''
  child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()))
  await expect.poll(() => printed, { timeout: 30_000 }).toContain('ready')

  const underWay = request({ port, host: '127.0.0.1', method: 'POST', path: '/v1/sign-in/codes' })
  underWay.setHeader('Content-Type', 'application/json')
  underWay.setHeader('Content-Length', 4)
  underWay.write('{}')
  const answered = once(underWay, 'response')
  await once(underWay, 'socket')
  const ended = once(child, 'exit')
  child.kill('SIGUSR2')
  await expect.poll(() => printed, { timeout: 10_000 }).toContain('nobody expected')
  underWay.end('  ')
  const [answer] = (await answered) as [IncomingMessage]
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
  expect(await text(answer)).not.toMatch(/nobody caught|\n\s+at /)
  expect(await ended).toEqual([1, null])
  expect(printed).toContain('nobody caught')
  expect(printed).not.toContain('8800123456789')
}, 60_000)
