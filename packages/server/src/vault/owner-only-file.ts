import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { KeyUnavailable } from './key-provider.ts'

/**
 * The text of a file that holds a secret. A link, or a file that others can read, is refused.
 * @throws KeyUnavailable with what to do about it; never with what the file holds
 */
export function readOwnerOnlyFile(path: string): string {
  const file = openNoLink(path)
  try {
    const { mode, uid } = fstatSync(file)
    const permissions = mode & 0o777
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || (permissions !== 0o600 && permissions !== 0o400)) {
      throw new KeyUnavailable(
        `${path} has mode 0${permissions.toString(8)}; it must be readable by its owner only. Run: chmod 600 ${path}`,
      )
    }
    if (uid !== process.getuid?.()) {
      throw new KeyUnavailable(`${path} belongs to another user (uid ${uid}) than this process.`)
    }
    return readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

function openNoLink(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new KeyUnavailable(`${path} cannot be read (${code}). It must be a file, not a link, of this user.`, {
      cause,
    })
  }
}
