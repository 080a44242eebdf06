import type { Id } from '@fistworks/contract'
import { ProblemError } from '../problem-error.ts'

/** Does it, and where it may pay twice says that this is meant. */
export async function acknowledging<T>(work: (acknowledgedDuplicates: Id<'ach'>[]) => Promise<T>): Promise<T> {
  try {
    return await work([])
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'possible-duplicate') throw error
    return work((error.errors ?? []).map(({ pointer }) => pointer.split('/').at(-1) as Id<'ach'>))
  }
}
