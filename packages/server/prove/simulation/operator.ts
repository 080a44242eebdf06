import { answerOperator, type OperatorRequest } from '../../src/keys/operator-request.ts'
import type { SimulatedProcess } from './process.ts'
import type { World } from './world.ts'

/** The operator types a command at one of the processes; it may fail, or die with the process. */
async function ask(world: World, request: OperatorRequest, process = world.random.pick(world.processes)) {
  world.trace.add('operator', request.do)
  const answered = answerOperator(process.parts, request).catch((error: unknown) => world.onError(process.name, error))
  await Promise.race([answered, process.death])
}

const STOPPED_MAX_MS = 20 * 60_000

/** Stops the deliveries of the whole server, and lets go again after a while. */
export async function stopServer(world: World): Promise<void> {
  if (world.processes.length === 0) return
  await ask(world, { do: 'deliveries.stop', reason: 'something is odd' })
  await world.time.wait(world.random.between(1, STOPPED_MAX_MS))
  if (world.processes.length > 0) await ask(world, { do: 'deliveries.resume' })
}

/** When all is well again. */
export async function resumeServer(world: World, process: SimulatedProcess): Promise<void> {
  if (world.ledger.isServerStopped) await ask(world, { do: 'deliveries.resume' }, process)
}

/** A new data key for one company, or all keys wrapped anew, while everybody works on. */
export async function rotateKeys(world: World): Promise<void> {
  if (world.processes.length === 0) return
  const { id } = world.random.pick(world.companies)
  const what = world.random.weighted({ data: 3, master: 1 })
  await ask(world, what === 'data' ? { do: 'rotateData', organizationId: id } : { do: 'rotateMaster' })
}
