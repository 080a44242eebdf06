#!/usr/bin/env node
import { readConfig } from './config.ts'
import { createPlatform } from './platforms/create-platform.ts'
import { startServer } from './server.ts'

const USAGE = `fistworks dev                      the server with a sandbox bank, a mailbox and sample data
fistworks serve                    the server
fistworks platforms create NAME    a new accounting product; prints its API key once`

/** Runs one command. @returns the exit code, or `null` while a server goes on running */
async function run(words: readonly string[]): Promise<number | null> {
  const [command, verb, name] = words
  if (command === 'dev' || command === 'serve') {
    const server = await startServer(readConfig(command === 'dev' ? 'development' : 'live', process.env))
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.stop().then(() => process.exit(0)))
    }
    console.log(`FISTWorks answers at ${server.origin}`)
    return null
  }
  if (command === 'platforms' && verb === 'create' && name !== undefined) {
    console.log(await createPlatform(readConfig('live', process.env), name))
    return 0
  }
  console.error(USAGE)
  return 2
}

// Databases, keys and logs are for this user alone.
process.umask(0o077)

try {
  const code = await run(process.argv.slice(2))
  if (code !== null) process.exit(code)
} catch (error) {
  console.error(error instanceof Error ? error.message : 'FISTWorks could not start.')
  process.exit(1)
}
