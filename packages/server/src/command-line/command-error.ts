/** Wrong use, or something that cannot be read or written: exit code 2. The message is shown as it is. */
export class CommandError extends Error {}

/** Words that a verb does not take. */
export class UsageError extends CommandError {}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'part of its path is not a folder',
  EACCES: 'this user may not open it',
  EPERM: 'this user may not do that',
  EEXIST: 'it is there already: --force replaces it',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
}

/** Says what kept a file from being read or written. */
export function fileError(action: string, path: string, error: unknown): CommandError {
  if (error instanceof CommandError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
  return new CommandError(`Cannot ${action} ${path}: ${WORDS[code] ?? code}`, { cause: error })
}
