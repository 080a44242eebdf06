import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { DatabasePlaces } from '../database-places.ts'

const program = fileURLToPath(new URL('libsql-server-process.ts', import.meta.url))

/**
 * Databases on stand-ins for libSQL servers that run in a process of their own, as servers do: whoever works with them
 * can be killed, and so can they.
 */
export async function startProcessPlaces(...names: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-places-'))
  const child = spawn(process.execPath, ['--conditions=@fistworks/source', program, folder, ...names], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const places: DatabasePlaces = JSON.parse(line)
  return {
    places,
    file: (name: string) => join(folder, `${name}.db`),
    /** `kill -9`: what it acknowledged must be in its files. */
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await gone
    },
    async close(): Promise<void> {
      child.stdin.end()
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
