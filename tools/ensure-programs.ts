import { existsSync } from 'node:fs'
import { findNssWrapper } from '../packages/server/src/banks/testing/own-accounts.ts'
import { findChromium, findSshd } from './chromium.ts'
import { runVisibly } from './run-program.ts'

interface Need {
  what: string
  debian: string
  variable: string
  find(): string | undefined
}

const needs: readonly Need[] = [
  { what: 'Chromium (or Chrome)', debian: 'chromium', variable: 'CHROMIUM_PATH', find: () => findChromium() },
  { what: 'the OpenSSH server', debian: 'openssh-server', variable: 'SSHD_PATH', find: () => findSshd() },
  {
    what: 'nss_wrapper, a library that gives the OpenSSH server accounts of its own',
    debian: 'libnss-wrapper',
    variable: 'NSS_WRAPPER_PATH',
    find: findNssWrapper,
  },
]

/**
 * Makes sure of the programs that tests drive for real: a browser, an OpenSSH server and what that needs for passwords.
 * Installs them where it is root on Debian; elsewhere says exactly what is missing and how to get it. True when all are there.
 */
export async function ensurePrograms(): Promise<boolean> {
  let missing = needs.filter((need) => !need.find())
  if (missing.length === 0) return true
  const packages = missing.filter((need) => !process.env[need.variable]).map((need) => need.debian)
  if (packages.length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log(`Installing ${packages.join(' and ')}…`)
    const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
    await runVisibly('apt-get', ['update', '-qq'], quiet)
    await runVisibly('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
    missing = needs.filter((need) => !need.find())
  }
  for (const need of missing) {
    const chosen = process.env[need.variable]
    const state = chosen ? `but ${need.variable} is '${chosen}', which cannot be used` : 'which is not installed'
    console.error(`The tests need ${need.what}, ${state}.`)
    console.error(`  On Debian or Ubuntu: sudo apt-get install ${need.debian}`)
    console.error(`  When it is installed somewhere else: set ${need.variable} to its path.`)
  }
  return missing.length === 0
}
