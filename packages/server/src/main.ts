#!/usr/bin/env node
const USAGE = `fistworks dev                      the server with a sandbox bank, a mailbox and sample data
fistworks serve                    the server
fistworks platforms create NAME    a new accounting product; prints its API key once: see platforms --help
fistworks keys status              keys of all organizations; rotate and destroy them: see keys --help
fistworks deliveries status         stop and resume everything on its way to the banks: see deliveries --help
fistworks database query "SELECT"   reads the masked views of a tenant database: see database --help
fistworks nacha VERB FILE          validates, describes, converts, compares and changes NACHA files: see nacha --help
fistworks audit VERB               verifies the audit log offline: see audit --help`

/** Runs one command and loads no more than it needs. @returns the exit code, or `null` while a server goes on running */
async function run(words: readonly string[]): Promise<number | null> {
  const [command] = words
  if (command === 'nacha') {
    const { nachaCommand } = await import('./command-line/nacha-command.ts')
    return await nachaCommand(words.slice(1))
  }
  if (command === 'database') {
    const { dataFolderOf } = await import('./config.ts')
    const { databaseCommand } = await import('./command-line/database-query.ts')
    return await databaseCommand(words.slice(1), dataFolderOf('live', process.env))
  }
  if (command === 'audit') {
    const { auditCommand } = await import('./command-line/audit-command.ts')
    return await auditCommand(words.slice(1))
  }
  if (command === 'keys') {
    const { keysCommand } = await import('./keys/keys-command.ts')
    return await keysCommand(words.slice(1), process.env)
  }
  if (command === 'deliveries') {
    const { deliveriesCommand } = await import('./deliveries/deliveries-command.ts')
    return await deliveriesCommand(words.slice(1), process.env)
  }
  if (command === 'dev' || command === 'serve') {
    const { readConfig } = await import('./config.ts')
    const { startServer } = await import('./server.ts')
    const { drainOnUncaught } = await import('./last-resort.ts')
    const { giveBackMemory } = await import('./storage/collect-garbage.ts')
    const { createLogger } = await import('./telemetry/log.ts')
    const server = await startServer(readConfig(command === 'dev' ? 'development' : 'live', process.env))
    drainOnUncaught(server, createLogger())
    giveBackMemory()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.stop().then(() => process.exit(0)))
    }
    console.log(`FISTWorks answers at ${server.origin}`)
    return null
  }
  if (command === 'platforms') {
    const { platformCommand } = await import('./platforms/platform-command.ts')
    return await platformCommand(words.slice(1), process.env)
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
  process.exit(['nacha', 'audit'].includes(process.argv[2] ?? '') ? 2 : 1)
}
