import { readConfig } from '../config.ts'
import { drainOnUncaught } from '../last-resort.ts'
import { startServer } from '../server.ts'
import { createLogger } from '../telemetry/log.ts'

/** A live server in a process of its own, in which something goes wrong that nobody catches once it is told to. */
const server = await startServer(readConfig('live', process.env))
drainOnUncaught(server, createLogger())
process.once('SIGUSR2', () => {
  setImmediate(() => {
    throw new Error('nobody caught 8800123456789')
  })
})
console.log('ready')
