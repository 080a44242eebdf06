import { setImmediate as turn } from 'node:timers/promises'
import v8 from 'node:v8'
import vm from 'node:vm'

v8.setFlagsFromString('--expose-gc')
const collect: unknown = vm.runInNewContext('gc')

/**
 * Gives memory back that nobody needs any more. Reading the modules of a server leaves some 150 MB of garbage, which the
 * engine would keep for later.
 */
export function giveBackMemory(): void {
  if (typeof collect === 'function') collect({ type: 'major', flavor: 'last-resort' })
}

/** The driver lets go of locks and descriptors only when its statements are collected. */
export async function collectGarbage(): Promise<void> {
  if (typeof collect === 'function') collect()
  await turn()
}
