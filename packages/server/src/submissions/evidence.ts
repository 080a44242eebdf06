import { createHash } from 'node:crypto'
import type { BankSession } from '../banks/bank.ts'
import { BankFault } from '../banks/bank-fault.ts'
import type { SubmissionRow } from './table.ts'

/**
 * What lies under a name at the bank, compared with our bytes. `sameSize`: the bank does not let us read it, so only
 * its size is known to be ours.
 */
export type Finding = 'absent' | 'identical' | 'sameSize' | 'different'

export async function compareRemote(
  session: BankSession,
  path: string,
  ours: Pick<SubmissionRow, 'sizeBytes' | 'sha256'>,
): Promise<Finding> {
  const found = await session.stat(path)
  if (found === null) return 'absent'
  if (!found.isFile || found.sizeBytes !== ours.sizeBytes) return 'different'
  try {
    const hash = createHash('sha256')
    for await (const chunk of session.readFile(path, ours.sizeBytes)) hash.update(chunk)
    return hash.digest('hex') === ours.sha256 ? 'identical' : 'different'
  } catch (fault) {
    if (!(fault instanceof BankFault)) throw fault
    if (fault.code === 'noPermission') return 'sameSize'
    if (fault.code === 'fileMissing') return 'absent'
    if (fault.code === 'tooLarge') return 'different'
    throw fault
  }
}

/** Files padded to blocks often have equal sizes: size alone tells something only under a name that carries the hash. */
export function nameCarriesHash(row: Pick<SubmissionRow, 'fileName' | 'sha256'>): boolean {
  return row.fileName.toLowerCase().includes(row.sha256.slice(0, 8))
}

/** Each attempt writes under a name of its own, hidden from programs that take whatever lies there. */
export function partName(fileName: string, attempt: number): string {
  return `.${fileName}.${attempt}.part`
}
