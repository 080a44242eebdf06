import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabases } from './directory.ts'

function freshFolder(): string {
  const dataFolder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
  return dataFolder
}

test('a data folder in use is refused, and free again after close', async () => {
  const dataFolder = freshFolder()
  const databases = await openDatabases({ dataFolder })
  await expect(openDatabases({ dataFolder })).rejects.toThrow('Another process')
  await databases.close()
  const again = await openDatabases({ dataFolder })
  await again.close()
})

test.each([0o770, 0o707, 0o722])('a data folder of mode %o, which others can write into, is refused', async (mode) => {
  const dataFolder = freshFolder()
  chmodSync(dataFolder, mode)
  await expect(openDatabases({ dataFolder })).rejects.toThrow(`Run: chmod 700 ${dataFolder}`)
})
