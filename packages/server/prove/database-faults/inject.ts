import type { Fault, LibsqlServer } from '../../src/storage/testing/libsql-server.ts'

/** What can go wrong with one request. `stall` is found out by the client's own limit. */
export const FAULTS: readonly Fault[] = [
  'drop-before',
  'drop-after',
  'truncate',
  'expire',
  'busy',
  'stall',
  401,
  500,
  503,
]

/** A client waits for 5 and 10 s; here it is told the same sooner. */
const STALL_MS = 300

/** Lets `fault` happen to one request, counted from 0, while `work` runs. */
export async function during<T>(server: LibsqlServer, fault: Fault, at: number, work: () => Promise<T>) {
  const timeout = AbortSignal.timeout
  let seen = 0
  server.fault = () => (seen++ === at ? fault : null)
  if (fault === 'stall') AbortSignal.timeout = () => timeout.call(AbortSignal, STALL_MS)
  try {
    return { result: await work(), isStruck: seen > at }
  } finally {
    server.fault = () => null
    AbortSignal.timeout = timeout
  }
}
