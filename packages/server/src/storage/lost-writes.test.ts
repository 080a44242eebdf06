import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'libsql'
import { expect, onTestFinished, test } from 'vitest'

const packageFolder = fileURLToPath(new URL('../../', import.meta.url))
const nodeArguments = ['--conditions=@fistworks/source', '--input-type=module', '-e']

function freshDatabase(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'payments.db')
  const database = new Database(path)
  database.exec('PRAGMA journal_mode=WAL; CREATE TABLE payment (n INTEGER PRIMARY KEY) STRICT')
  database.close()
  return path
}

function storedNumbers(path: string): Set<number> {
  const script = `
    import Database from 'libsql'
    const rows = new Database(process.argv[1]).prepare('SELECT n FROM payment').raw().all()
    console.log(JSON.stringify(rows.flat()))`
  const { stdout } = spawnSync(process.execPath, [...nodeArguments, script, path], {
    cwd: packageFolder,
    encoding: 'utf8',
  })
  return new Set(JSON.parse(stdout) as number[])
}

function acknowledgedIn(output: string): number[] {
  return [...output.matchAll(/^acknowledged (\d+)$/gm)].map(([, n]) => Number(n))
}

const bareWriter = `
  import { createClient } from '@libsql/client'
  import Database from 'libsql'
  const [path] = process.argv.slice(1)
  const db = createClient({ url: 'file:' + path })
  const holder = new Database(path)
  holder.exec('BEGIN IMMEDIATE')
  await db.execute('INSERT INTO payment (n) VALUES (0)').catch((error) => console.log('locked', error.code))
  holder.exec('ROLLBACK'); holder.close()
  for (let n = 1; n <= 5; n++) {
    const { rowsAffected } = await db.execute({ sql: 'INSERT INTO payment (n) VALUES (?)', args: [n] })
    if (rowsAffected === 1) console.log('acknowledged ' + n)
  }
  process.kill(process.pid, 'SIGKILL')`

test('the bare driver loses what it acknowledged after a lock, which is why there is a door', () => {
  const path = freshDatabase()
  const { stdout } = spawnSync(process.execPath, [...nodeArguments, bareWriter, path], {
    cwd: packageFolder,
    encoding: 'utf8',
  })
  expect(stdout).toContain('locked SQLITE_BUSY')
  expect(acknowledgedIn(stdout)).toEqual([1, 2, 3, 4, 5])
  // When this fails after an upgrade, the driver was mended and the door can be made simpler.
  expect(storedNumbers(path).size).toBe(0)
})

const writerThroughTheDoor = `
  import Database from 'libsql'
  import { sql } from 'drizzle-orm'
  import { openStorage } from './src/storage/transaction.ts'
  const [path] = process.argv.slice(1)
  const holder = new Database(path)
  let locks = 0
  const storage = await openStorage({ url: 'file:' + path, onBusy() { locks++; holder.exec('ROLLBACK') } })
  for (let n = 1; n <= 5; n++) {
    holder.exec('BEGIN IMMEDIATE')
    await storage.write((tx) => tx.run(sql\`INSERT INTO payment (n) VALUES (\${n})\`))
    console.log('acknowledged ' + n)
  }
  console.log('locks ' + locks)
  process.kill(process.pid, 'SIGKILL')`

test('the door keeps what it acknowledged, with a lock before every write', () => {
  const path = freshDatabase()
  const { stdout, stderr } = spawnSync(process.execPath, [...nodeArguments, writerThroughTheDoor, path], {
    cwd: packageFolder,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(acknowledgedIn(stdout)).toEqual([1, 2, 3, 4, 5])
  expect(stdout).toContain('locks 5')
  expect([...storedNumbers(path)]).toEqual([1, 2, 3, 4, 5])
})

const foreignLocker = `
  import Database from 'libsql'
  const database = new Database(process.argv[1], { timeout: 1000 })
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  console.log('ready')
  for (;;) {
    try { database.exec('BEGIN IMMEDIATE') } catch { continue }
    await pause(Math.random() * 400)
    database.exec('ROLLBACK')
    await pause(Math.random() * 100)
  }`

const busyWriter = `
  import { sql } from 'drizzle-orm'
  import { openStorage } from './src/storage/transaction.ts'
  const [path] = process.argv.slice(1)
  const storage = await openStorage({ url: 'file:' + path, onBusy: () => console.log('lock') })
  let next = 1
  async function caller() {
    for (;;) {
      const n = next++
      await storage.write((tx) => tx.run(sql\`INSERT INTO payment (n) VALUES (\${n})\`))
      console.log('acknowledged ' + n)
    }
  }
  await Promise.all([caller(), caller(), caller(), caller()])`

test('no acknowledged write is lost while another process takes the lock again and again and the writer is killed', async () => {
  const path = freshDatabase()
  const start = (script: string) => {
    const child = spawn(process.execPath, [...nodeArguments, script, path], {
      cwd: packageFolder,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    return child
  }
  const locker = start(foreignLocker)
  await new Promise((resolve) => locker.stdout.once('data', resolve))
  const writer = start(busyWriter)
  const acknowledged: number[] = []
  let locks = 0
  const gone = new Promise((resolve) => writer.once('close', resolve))
  for await (const line of createInterface({ input: writer.stdout })) {
    if (line === 'lock') locks++
    else acknowledged.push(...acknowledgedIn(line))
    if (locks >= 6 && acknowledged.length >= 200) writer.kill('SIGKILL')
  }
  await gone
  locker.kill('SIGKILL')
  const stored = storedNumbers(path)
  expect(acknowledged.filter((n) => !stored.has(n))).toEqual([])
})
