import { changeWorld } from './chaos.ts'
import { checkAll, hasOpenSubmissions } from './checks.ts'
import { Clerk } from './clerk.ts'
import { Client } from './client.ts'
import { describeBank } from './connection.ts'
import { resumeServer } from './operator.ts'
import type { SimulatedProcess } from './process.ts'
import { resolveUnknown } from './resolve.ts'
import { agreeOnPolicy, resume } from './rules.ts'
import type { Template } from './template.ts'
import { NO_TROUBLE } from './troubles.ts'
import { Broken, type SeedOptions, World } from './world.ts'

export interface SeedResult {
  seed: number
  hash: string
  lines: number
  virtualDays: number
  faults: number
  /** How many submissions ended in which state. */
  ends: ReadonlyMap<string, number>
  breaches: string[]
}

const SLOTS = { first: 2, second: 1 }
const ROUNDS = 4
const ROUNDS_IN_FOCUS = 4
/** As long as the longest wait of any job, and more: what is done once a day is due again at each look. */
const REST_MS = 2 * 86_400_000 + 20 * 60_000
/** How often the server looks after things meanwhile. */
const RESTS = 2
const TURNS_MAX = 8
const QUIET_MS = 10 * 60_000
const QUIET_TRIES_MAX = 50

/** Lives through one seed: people work while everything goes wrong, then it stops going wrong, then all must be well. */
export async function runSeed(
  seed: number,
  template: Template,
  root: string,
  options: SeedOptions = {},
): Promise<SeedResult> {
  const world = await World.open(seed, template, root, options)
  try {
    await live(world)
  } catch (error) {
    if (!(error instanceof Broken))
      world.ledger.breach(error instanceof Error ? (error.stack ?? error.message) : 'unknown')
  } finally {
    await world.close()
  }
  const { trace, virtualDays, faults, ends } = world
  return { seed, hash: trace.hash(), lines: trace.lines, virtualDays, faults, ends, breaches: world.ledger.breaches }
}

async function live(world: World): Promise<void> {
  const client = new Client(world)
  for (const [name, slots] of Object.entries(SLOTS)) await world.until(staff(world, name, slots))
  let restarts = 0
  world.onGone = () => void staff(world, `again${++restarts}`, world.random.between(1, 2))
  await world.until(Promise.all(world.companies.map((company) => agreeOnPolicy(world, client, company))))
  const changes = changeWorld(world)
  await world.until(Promise.all(world.companies.map((company) => describeBank(world, client, company))))
  const clerks = world.companies.map((company) => new Clerk(world, client, company).work(ROUNDS))
  clerks.push(new Clerk(world, client, world.random.pick(world.companies), world.focus).work(ROUNDS_IN_FOCUS))
  await world.until(Promise.all(clerks))
  world.trace.add('weather', 'all is well from now on')
  world.isEnding = true
  world.troubles = NO_TROUBLE
  await world.until(changes)
  const last = await world.until(staff(world, 'last', 1))
  await world.until(resumeServer(world, last))
  const stopped = world.companies.filter(({ id }) => world.ledger.isStopped(id))
  await world.until(Promise.all(stopped.map((company) => resume(client, company))))
  await settle(world, client)
  // No time passes meanwhile: a job that comes due would be seen before anybody can do it.
  await checkAll(world)
}

async function staff(world: World, name: string, slots: number): Promise<SimulatedProcess> {
  const process = await started(world, name)
  for (let slot = 0; slot < slots; slot++) void world.works.work(process)
  return process
}

/** People answer what they are asked, until nothing is left to do and nothing comes back from the banks any more. */
async function settle(world: World, client: Client): Promise<void> {
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    await rest(world)
    let open = 0
    for (const company of world.companies) {
      const asked = await world.until(
        client.read(company, company.people.owner, '/v1/submissions?state=unknown&limit=100'),
      )
      const unknown = asked.body['data'] as { id: string }[]
      open += unknown.length
      await world.until(Promise.all(unknown.map(({ id }) => resolveUnknown(world, client, company, id))))
    }
    if (open === 0 && !(await hasOpenSubmissions(world))) break
  }
  await rest(world)
}

async function rest(world: World): Promise<void> {
  for (let part = 0; part < RESTS; part++) {
    for (const process of world.processes) world.sweep(process)
    await world.until(world.time.wait(REST_MS / RESTS))
  }
  for (let more = 0; more < QUIET_TRIES_MAX && !(await isQuiet(world)); more++)
    await world.until(world.time.wait(QUIET_MS))
}

/** Nothing is under way, and nothing comes due in the moment in which all is looked at. */
async function isQuiet({ works, time }: World): Promise<boolean> {
  const due = await works.nextDue()
  return due === null || due > time.ms + QUIET_MS
}

/** Who cannot open the databases or the keys is started again. */
async function started(world: World, name: string): Promise<SimulatedProcess> {
  for (let tries = 1; ; tries++) {
    try {
      return await world.start(`${name}${tries === 1 ? '' : `-${tries}`}`)
    } catch (error) {
      world.onError(name, error)
      await world.time.wait(world.random.between(1_000, 60_000))
    }
  }
}
