import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** What every Chromium of the tests is started with: no window, no GPU, and no traffic of its own. */
export const chromiumArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The path of an installed program: the first of `programs` found on the PATH or in the usual system folders. */
function findProgram(programs: readonly string[], path = process.env['PATH'] ?? ''): string | undefined {
  const folders = [
    ...path.split(delimiter).filter(Boolean),
    '/usr/bin',
    '/usr/local/bin',
    '/usr/sbin',
    '/usr/local/sbin',
  ]
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/** The system's Chromium or Chrome; `CHROMIUM_PATH` wins when it is set. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = environment['CHROMIUM_PATH']
  if (chosen) return isExecutable(chosen) ? chosen : undefined
  return findProgram(names, environment['PATH'])
}

/** The OpenSSH daemon; `SSHD_PATH` wins when it is set. */
export function findSshd(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = environment['SSHD_PATH']
  if (chosen) return isExecutable(chosen) ? chosen : undefined
  return findProgram(['sshd'], environment['PATH'])
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
