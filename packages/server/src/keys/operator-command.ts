import { readConfig } from '../config.ts'
import { createParts } from '../parts.ts'
import { askServer } from './key-socket.ts'
import { answerOperator, type OperatorRequest } from './operator-request.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Asks the server that runs on this folder; without one the databases are free and it is done here. */
export async function done(request: OperatorRequest, isDevelopment: boolean, env: Environment): Promise<string[]> {
  const config = readConfig(isDevelopment ? 'development' : 'live', env)
  const answered = await askServer(config.dataFolder, request)
  if (answered !== null) return answered
  const parts = await createParts(config, null)
  try {
    return await answerOperator(parts, request)
  } finally {
    await parts.close()
  }
}
