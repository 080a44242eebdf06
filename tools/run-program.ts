import { spawn } from 'node:child_process'
import { root } from './workspace.ts'

/** How a program ended: its exit code (1 when a signal ended it) and what it printed. */
export interface Outcome {
  code: number
  output: string
}

/** Runs a program to its end and keeps what it prints. */
export function runQuietly(program: string, args: readonly string[], cwd = root): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const parts: Buffer[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.on('data', (part: Buffer) => parts.push(part))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(parts).toString() }))
  })
}

/** Runs a program in front of the person: what it prints goes straight to the terminal. Gives its exit code. */
export function runVisibly(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return new Promise<number>((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
    const pass = () => child.kill('SIGTERM')
    process.on('SIGINT', waitForChild)
    process.on('SIGTERM', pass)
    child.once('error', reject)
    child.once('close', (code) => {
      process.off('SIGINT', waitForChild)
      process.off('SIGTERM', pass)
      resolve(code ?? 1)
    })
  })
}

/** Ctrl-C reaches the child by itself; the parent only waits for it. */
function waitForChild() {}
