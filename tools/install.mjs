import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The package manager of `packageManager` in package.json, fetched by npm because a machine may have npm only. */
function install(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const options = ['install', '--frozen-lockfile', '--prefer-offline', '--config.confirmModulesPurge=false']
  const { status } = spawnSync('npx', ['-y', packageManager, ...options], { cwd: root, stdio: ['ignore', 2, 2] })
  return status === 0
}

/** Whatever decides what is installed: the lock file and every package.json of the workspace, and the machine's kind. */
function fingerprint(root) {
  const groups = ['packages', 'examples'].map((group) => join(root, group)).filter((group) => existsSync(group))
  const members = groups.flatMap((group) => readdirSync(group).map((name) => join(group, name)))
  const folders = [root, ...members, join(root, 'tools'), join(root, 'bench')]
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((file) => join(root, file))
  files.push(...folders.map((folder) => join(folder, 'package.json')))
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\0`)
  for (const file of files.filter((one) => existsSync(one)).sort()) {
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/**
 * Installs the dependencies unless the stamp says that these very ones are there. True when they are there afterwards.
 *
 * @param {string} root the workspace
 * @param {(root: string) => boolean} run installs, true on success
 * @param {(line: string) => void} say
 */
export function ensureInstalled(root, run = install, say = console.error) {
  const stamp = join(root, 'node_modules/.fistworks-installed')
  const wanted = fingerprint(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  say('Installing dependencies…')
  if (!run(root)) {
    say('The dependencies could not be installed: see above for the reason.')
    say('The first install needs the npm registry. Check the network (npm ping), then run the same command again.')
    return false
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stamp, wanted)
  return true
}
