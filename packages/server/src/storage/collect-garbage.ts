import { setImmediate as turn } from 'node:timers/promises'
import v8 from 'node:v8'
import vm from 'node:vm'

v8.setFlagsFromString('--expose-gc')
const collect: unknown = vm.runInNewContext('gc')

/** The driver lets go of locks and descriptors only when its statements are collected. */
export async function collectGarbage(): Promise<void> {
  if (typeof collect === 'function') collect()
  await turn()
}
