import type { FieldProblem } from '@fistworks/contract'
import type { ReadContext } from '../context.ts'
import { ContentHash, type FileHeaderSource } from './content-hash.ts'
import { DraftCheck } from './draft-problems.ts'
import { newYorkTime } from './new-york-time.ts'
import type { DraftOutline } from './read-draft.ts'
import { type StoredPart, storedParts } from './stored-parts.ts'
import type { AchFileRow } from './table.ts'

export interface Examined {
  /** Of today. */
  problems: FieldProblem[]
  /** The content hash. */
  content: string
}

/**
 * Looks at every entry of a stored file once.
 * @param also what else sees them, with what the vault keeps of the recipients
 */
export async function examine(
  ctx: ReadContext,
  file: AchFileRow,
  { outline, connection }: { outline: DraftOutline; connection: FileHeaderSource },
  also?: (part: StoredPart) => Promise<void>,
): Promise<Examined> {
  const check = new DraftCheck(outline, newYorkTime(ctx.now).date)
  const hash = new ContentHash(outline, connection)
  const wanted = { achFileId: file.id, outline, withSealed: also !== undefined }
  for await (const part of storedParts(ctx.db, ctx.organizationId, wanted)) {
    check.add(part)
    hash.add(part)
    await also?.(part)
  }
  return { problems: check.problems(), content: await hash.digest() }
}
