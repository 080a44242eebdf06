import { UsageError } from './error.ts'

/**
 * Builds a path whose ids cannot change where it leads: they are encoded, and an empty one, `.` or `..` is refused.
 * @throws {UsageError} that says which place of the path is wrong, without the value
 */
export function path(parts: TemplateStringsArray, ...ids: string[]): string {
  return parts.reduce((built, part, index) => built + encodeId(ids[index - 1], built) + part)
}

function encodeId(id: unknown, before: string): string {
  if (typeof id !== 'string' || id === '') throw new UsageError(`The id after ${before} is missing.`)
  if (id === '.' || id === '..') throw new UsageError(`The id after ${before} must not be a step in a path.`)
  try {
    return encodeURIComponent(id)
  } catch {
    throw new UsageError(`The id after ${before} is not well-formed text.`)
  }
}
