import { HOST_KEY, OTHER_HOST_KEY } from './company.ts'
import { rotateKeys, stopServer } from './operator.ts'
import { NO_TROUBLE, type Troubles } from './troubles.ts'
import type { World } from './world.ts'

const WEATHER = {
  calm: NO_TROUBLE,
  usual: { storage: 0.01, bank: 0.06, keys: 0.02, mail: 0.1, kill: 0.004, stop: 0.006 },
  storm: { storage: 0.05, bank: 0.3, keys: 0.1, mail: 0.5, kill: 0.02, stop: 0.03 },
  bankDown: { storage: 0, bank: 0.9, keys: 0, mail: 0, kill: 0, stop: 0 },
} satisfies Record<string, Troubles>
const BETWEEN_MAX_MS = { soon: 60_000, later: 60 * 60_000, days: 20 * 60 * 60_000 }
const CHANGED_KEY_MAX_MS = 2 * 60 * 60_000

/** Whatever changes around the server, one thing after the other, until the world ends. */
export async function changeWorld(world: World): Promise<void> {
  const { time, random } = world
  changeWeather(world)
  while (!world.isEnding) {
    await time.wait(random.between(1, BETWEEN_MAX_MS[random.weighted({ soon: 3, later: 5, days: 2 })]))
    if (world.isEnding) return
    const what = random.weighted({ weather: 10, hostKey: 1, sweep: 2, stopServer: 1, rotateKeys: 2 })
    if (what === 'weather') changeWeather(world)
    if (what === 'hostKey') changeHostKey(world)
    if (what === 'stopServer') await stopServer(world)
    if (what === 'rotateKeys') await rotateKeys(world)
    if (what === 'sweep' && world.processes.length > 0) world.sweep(random.pick(world.processes))
  }
}

function changeWeather(world: World): void {
  const weather = world.random.weighted({ calm: 1, usual: 5, storm: 5, bankDown: 1 })
  world.troubles = WEATHER[weather]
  world.trace.add('weather', weather)
}

function changeHostKey({ time, random, banks, trace }: World): void {
  const bank = random.pick([...banks.values()])
  bank.habits.hostKey = OTHER_HOST_KEY
  trace.add('bank', `${bank.host} changes its key`)
  time.after(random.between(1, CHANGED_KEY_MAX_MS), () => {
    bank.habits.hostKey = HOST_KEY
  })
}
