import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from './workspace.ts'

/** One of the processes that live and die together. */
export interface Member {
  name: string
  args: readonly string[]
  environment: NodeJS.ProcessEnv
}

/** Who ended first, and with which exit code. */
export interface Ending {
  name: string
  code: number
}

/** Node processes that live and die together. */
export interface ProcessGroup {
  launch(member: Member): void
  /** Resolves with the first member that ends before `stop` is called. */
  ended: Promise<Ending>
  /** Asks every member to end, insists after `patienceMs`, resolves when all have ended. */
  stop(patienceMs?: number): Promise<void>
}

/** Starts an empty group; what members print goes to `say`, each line behind its member's name. */
export function processGroup(say: (line: string) => void): ProcessGroup {
  const running = new Map<ChildProcess, Promise<void>>()
  const { promise: ended, resolve: end } = Promise.withResolvers<Ending>()

  function launch({ name, args, environment }: Member) {
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    })
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => say(`${name.padEnd(7)} │ ${line}`))
    }
    const closed = new Promise<void>((resolve) => {
      child.once('close', (code) => {
        running.delete(child)
        end({ name, code: code ?? 1 })
        resolve()
      })
    })
    running.set(child, closed)
  }

  async function stop(patienceMs = 10_000) {
    const all = [...running]
    for (const [child] of all) child.kill('SIGTERM')
    const insist = setTimeout(() => all.forEach(([child]) => child.kill('SIGKILL')), patienceMs)
    await Promise.all(all.map(([, closed]) => closed))
    clearTimeout(insist)
  }

  return { launch, ended, stop }
}
