import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../main.ts', import.meta.url))

/** The page, whose first block is the file that it works on. */
export const PAGE = readFileSync(new URL('../../../../../docs/nacha/command-line.md', import.meta.url), 'utf8')
export const PAYROLL = /```ach\n(.*?)```/s.exec(PAGE)?.[1] ?? ''
/** The numbers of its accounts. */
export const NUMBERS = ['77776666', '87654321']

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `fistworks nacha …` as its own process in a folder. */
export function runNacha(folder: string, words: readonly string[], input: string | Uint8Array = ''): Promise<Ran> {
  const child = spawn(process.execPath, ['--conditions=@fistworks/source', MAIN, 'nacha', ...words], { cwd: folder })
  return new Promise((done, fail) => {
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', fail)
    child.on('close', (code) => done({ code, stdout, stderr }))
    // A command that is wrongly used ends without reading.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** Starts it, takes the first bytes and hangs up, as `| head` does. */
export function runAndHangUp(folder: string, words: readonly string[]): Promise<Omit<Ran, 'stdout'>> {
  const child = spawn(process.execPath, ['--conditions=@fistworks/source', MAIN, 'nacha', ...words], { cwd: folder })
  return new Promise((done, fail) => {
    let stderr = ''
    child.stdout.once('data', () => child.stdout.destroy())
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', fail)
    child.on('close', (code) => done({ code, stderr }))
  })
}

/** The account that balances. */
export const OFFSET = JSON.stringify({
  routingNumber: '091000019',
  accountNumber: '55554444',
  accountType: 'checking',
  name: 'ACME TOOLS',
})

/** A new folder with the files of the page. */
export function sampleFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'fistworks-nacha-'))
  writeFileSync(join(folder, 'payroll.ach'), PAYROLL)
  writeFileSync(join(folder, 'changed.ach'), PAYROLL.replace(' 0000124050', ' 0000124051'))
  writeFileSync(join(folder, 'header.ach'), PAYROLL.slice(0, 95))
  writeFileSync(join(folder, 'offset.json'), OFFSET)
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}
