import { watch as watchFolder } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildForBrowsers } from './build.ts'
import { answers, isTaken, portFrom } from './ports.ts'
import { type ProcessGroup, processGroup } from './process-group.ts'
import { inWorkspace, nodeOptions, root } from './workspace.ts'

const patienceMs = 60_000
const say = (line: string) => console.log(line)

interface Settings {
  port: number
  examplePort: number
  bankPort: number
  data: string
}

function readSettings(environment: NodeJS.ProcessEnv): Settings {
  return {
    port: portFrom(environment, 'FISTWORKS_PORT', 4400),
    examplePort: portFrom(environment, 'FISTWORKS_EXAMPLE_PORT', 4500),
    bankPort: portFrom(environment, 'FISTWORKS_SANDBOX_BANK_PORT', 4422),
    data: resolve(root, environment['FISTWORKS_DATA'] ?? '.data/dev'),
  }
}

function panel({ port, examplePort, data }: Settings): string {
  const here = `http://localhost:${port}`
  return `
  FISTWorks is running.

    Example accounting product   http://localhost:${examplePort}
    Portal                       ${here}
    Development mailbox          ${here}/dev/mailbox
    Sandbox bank                 ${here}/dev/bank
    Clock of the sandbox         ${here}/dev/clock

  Its data is in ${data}. Stop with Ctrl-C.
`
}

async function refuseTakenPorts({ port, examplePort, bankPort }: Settings): Promise<boolean> {
  const wanted = [
    { port, variable: 'FISTWORKS_PORT' },
    { port: examplePort, variable: 'FISTWORKS_EXAMPLE_PORT' },
    { port: bankPort, variable: 'FISTWORKS_SANDBOX_BANK_PORT' },
  ]
  const taken: typeof wanted = []
  for (const one of wanted) if (await isTaken(one.port)) taken.push(one)
  for (const one of taken) {
    const instead = `${one.variable}=${one.port + 1} npm start`
    console.error(`Port ${one.port} is taken. Stop what runs there, or choose another: ${instead}`)
  }
  return taken.length > 0
}

/** Starts the server, and after it answers the example, which needs the key that the server wrote for it. */
async function launchAll(group: ProcessGroup, settings: Settings, watch: boolean, signal: AbortSignal) {
  const options = [...(watch ? ['--watch', '--watch-preserve-output'] : []), ...nodeOptions]
  const environment = {
    FISTWORKS_PORT: String(settings.port),
    FISTWORKS_EXAMPLE_PORT: String(settings.examplePort),
    FISTWORKS_SANDBOX_BANK_PORT: String(settings.bankPort),
    FISTWORKS_DATA: settings.data,
    FISTWORKS_EXAMPLE_CONFIG: join(settings.data, 'example.json'),
  }
  const members = [
    { name: 'server', file: 'packages/server/src/main.ts', args: ['dev'], port: settings.port },
    { name: 'example', file: 'examples/accounting-app/src/main.ts', args: [], port: settings.examplePort },
  ]
  for (const { name, file, args, port } of members) {
    group.launch({ name, args: [...options, inWorkspace(file), ...args], environment })
    const ready = await answers(`http://localhost:${port}/`, patienceMs, signal)
    if (!ready && !signal.aborted) throw new Error(`The ${name} did not answer on port ${port} within 60 s.`)
    if (signal.aborted) return
  }
  say(panel(settings))
}

function rebuildOnChange() {
  let timer: NodeJS.Timeout | undefined
  const rebuild = () => buildForBrowsers(say).catch((error: Error) => console.error(error.message))
  for (const name of ['nacha', 'contract', 'sdk', 'widgets', 'portal']) {
    watchFolder(inWorkspace('packages', name, 'src'), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(rebuild, 150)
    }).unref()
  }
}

/** Resolves on Ctrl-C, on a request to end, and when the process that started this one is gone without a word. */
function askedToStop(): Promise<'asked'> {
  const parent = process.ppid
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => resolve('asked'))
    setInterval(() => process.ppid !== parent && resolve('asked'), 500).unref()
  })
}

/** Runs the whole of FISTWorks on this machine until Ctrl-C (gives 0) or until a part of it stops by itself (gives 1). */
export async function start({ watch }: { watch: boolean }): Promise<number> {
  const settings = readSettings(process.env)
  if (await refuseTakenPorts(settings)) return 1
  try {
    await buildForBrowsers(say)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
  if (watch) rebuildOnChange()

  const group = processGroup(say)
  const stopping = new AbortController()
  const asked = askedToStop()
  const launched = launchAll(group, settings, watch, stopping.signal)
  const ending = await Promise.race([asked, group.ended, launched.then(() => new Promise<never>(() => {}))]).catch(
    (error: Error) => error,
  )
  stopping.abort()
  await launched.catch(() => {})
  await group.stop()
  if (ending === 'asked') return 0
  if (ending instanceof Error) console.error(ending.message)
  else console.error(`The ${ending.name} stopped by itself (exit code ${ending.code}), so everything was stopped.`)
  return 1
}
