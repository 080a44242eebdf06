import { connect } from 'node:net'

/** A port from the environment: a whole number from 1 to 65535, `fallback` when it is not set. */
export function portFrom(environment: NodeJS.ProcessEnv, variable: string, fallback: number): number {
  const text = environment[variable]
  if (!text) return fallback
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`${variable} is '${text}'; a port is a whole number from 1 to 65535.`)
  }
  return port
}

/** Whether something on this machine already answers on `port`. */
export function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port, autoSelectFamily: true })
    const answer = (taken: boolean) => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
}

/** Resolves when `url` gives any HTTP answer; false when it has not within `patienceMs`, or `signal` aborts. */
export async function answers(url: string, patienceMs: number, signal: AbortSignal): Promise<boolean> {
  const until = performance.now() + patienceMs
  while (performance.now() < until && !signal.aborted) {
    try {
      await (await fetch(url, { signal, redirect: 'manual' })).body?.cancel()
      return true
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return false
}
