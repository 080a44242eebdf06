import { existsSync, readdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'

/** What the current user logs in with at a server that has accounts of its own. */
export const PASSWORD = 'bluebird-77 of the bank'

/** Made with `openssl passwd -6 -salt fistworks`: Node.js has no crypt(3). */
const HASH = '$6$fistworks$5J3I9b0YtHGUlPjGJHlw8VYp0O6M3U4RZwkMSwZ5eelExTIttblEEH7JmqmzMYpLSOecjph8euj1AlWnvu8JB1'

/** The user without rights that `sshd` becomes while nobody has logged in; it must have one when it is started as root. */
const UNPRIVILEGED = 65_534

/**
 * Lets a program see accounts of its own in `folder` in place of the system's, which stay as they are: `username` with
 * `PASSWORD`. Answers with the environment to start the program with. Needs the library nss_wrapper.
 */
export async function ownAccounts(folder: string, username: string): Promise<NodeJS.ProcessEnv> {
  const library = findNssWrapper()
  if (!library) {
    throw new Error('There is no nss_wrapper: install libnss-wrapper or set NSS_WRAPPER_PATH to its libnss_wrapper.so.')
  }
  const { uid, gid } = userInfo()
  const files = {
    passwd: [
      `${username}:x:${uid}:${gid}::${folder}:/bin/sh`,
      `sshd:x:${UNPRIVILEGED}:${UNPRIVILEGED}::/run/sshd:/bin/false`,
    ],
    group: [`${username}:x:${gid}:`],
    shadow: [`${username}:${HASH}:20000:0:99999:7:::`],
  }
  for (const [name, lines] of Object.entries(files)) {
    await writeFile(join(folder, name), `${lines.join('\n')}\n`, { mode: 0o600 })
  }
  return {
    LD_PRELOAD: library,
    NSS_WRAPPER_PASSWD: join(folder, 'passwd'),
    NSS_WRAPPER_GROUP: join(folder, 'group'),
    NSS_WRAPPER_SHADOW: join(folder, 'shadow'),
  }
}

/** The library nss_wrapper where systems keep their libraries; `NSS_WRAPPER_PATH` wins when it is set. */
export function findNssWrapper(): string | undefined {
  const chosen = process.env['NSS_WRAPPER_PATH']
  const paths = chosen ? [chosen] : libraryFolders().map((folder) => join(folder, 'libnss_wrapper.so'))
  return paths.find((path) => existsSync(path))
}

/** Debian has a folder for each kind of processor. */
function libraryFolders(): string[] {
  const names = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')) : []
  return [...names.map((name) => join('/usr/lib', name)), '/usr/lib64', '/usr/lib', '/usr/local/lib']
}
