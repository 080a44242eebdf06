import { join } from 'node:path'
import { startLibsqlServer } from './libsql-server.ts'

/**
 * Stand-ins for libSQL servers as a process of their own. Arguments: folder, names of databases. Prints where they are,
 * and ends with its input, so that none is left behind.
 */
const [folder = '', ...names] = process.argv.slice(2)
/** Longer than a process needs to write, shorter than a test waits for one that was killed. */
const TRANSACTION_MS = 2_000

const servers = await Promise.all(
  names.map(async (name) => [name, await startLibsqlServer(join(folder, `${name}.db`), TRANSACTION_MS)] as const),
)
const places = servers.map(([name, { url, authToken }]) => [name, { url, authToken }])
console.log(JSON.stringify(Object.fromEntries(places)))
process.stdin.resume().once('end', () => process.exit())
