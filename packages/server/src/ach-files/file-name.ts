import { defaultFileNameTemplate, type FileNameValues, fileNameOf } from '@fistworks/contract'
import type { BankConnectionRow } from '../bank-connections/table.ts'
import type { ReadContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { isNameTaken } from '../submissions/name-taken.ts'

type Named = Pick<BankConnectionRow, 'id' | 'fileNameTemplate' | 'immediateOrigin' | 'encryption'>

/**
 * The name under which a file reaches the bank, decided before the first try and never changed.
 * @throws ProblemError `duplicate` when a file of this connection had the name already
 */
export async function nameOfFile(
  ctx: ReadContext,
  connection: Named,
  values: Omit<FileNameValues, 'originId'>,
): Promise<string> {
  const template = connection.fileNameTemplate ?? defaultFileNameTemplate(connection.encryption !== null)
  const name = fileNameOf(template, { ...values, originId: connection.immediateOrigin })
  if (!(await isNameTaken(ctx.db, ctx.organizationId, connection.id, name))) return name
  throw new ProblemError(
    'duplicate',
    `A file named ${name} went to this bank before, and the bank must be able to tell them apart. Put {sequence:6} into the template of file names of the bank connection, then submit it again.`,
  )
}
