import { ContentHash, type FileHeaderSource } from '../content-hash.ts'
import { type Draft, partsOf } from '../draft.ts'

/** The content hash of a draft in memory. */
export async function contentHashOf(draft: Draft, connection: FileHeaderSource): Promise<string> {
  const content = new ContentHash(draft, connection)
  for (const part of partsOf(draft)) content.add(part)
  return content.digest()
}
