import { restartAuditLogs } from '../audit/audit-logs.ts'
import { checkpointFolderOf, databasePlacesOf, dataFolderOf } from '../config.ts'
import { openDatabases } from '../storage/directory.ts'
import type { Arguments, Shape } from './arguments.ts'
import { signingKeyIn } from './audit-public-key.ts'
import { CommandError } from './command-error.ts'
import { print } from './terminal.ts'

export const auditRestartShape: Shape = { options: { reason: { type: 'string' } }, files: [0, 0] }

/** Goes on from databases that do not follow from their checkpoints, and leaves a signed note of why. */
export async function auditRestart(given: Arguments): Promise<number> {
  const reason = given.needed('reason', 'it says for good why the log does not go on where it was')
  if (!/^[^\p{Cc}]{10,200}$/u.test(reason)) throw new CommandError('--reason has 10 to 200 characters, on one line')
  const dataFolder = dataFolderOf('live', process.env)
  signingKeyIn(dataFolder)
  const databases = await openDatabases({ dataFolder, servers: databasePlacesOf(process.env) })
  try {
    const options = {
      databases,
      dataFolder,
      host: 'localhost',
      now: () => new Date(),
      onError: refuse,
      ...checkpointFolderOf(process.env),
    }
    const broken = await restartAuditLogs(options, reason)
    if (broken.length === 0) await print('Every log follows from its checkpoints: there is nothing to restart.\n')
    for (const why of broken) await print(`Goes on from here: ${why}\n`)
    return 0
  } finally {
    await databases.close()
  }
}

/** A restart is in every place or in none. */
function refuse(error: unknown): never {
  throw error
}
