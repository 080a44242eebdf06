import type { BankSession } from '../bank.ts'
import { BankFault } from '../bank-fault.ts'

/** The code of the fault that this work ends with; anything else fails the test. */
export async function faultOf(work: Promise<unknown>): Promise<string> {
  const fault = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (fault instanceof BankFault) return fault.code
  throw new Error(`expected a fault of the bank, not ${String(fault)}`)
}

/** A file of the bank as a whole. */
export async function bytesOf(session: BankSession, path: string, maxBytes = 1e8): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of session.readFile(path, maxBytes)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
