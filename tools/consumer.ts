import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Published, pnpm, published } from './pack.ts'
import { runQuietly } from './run-program.ts'
import { root, tool } from './workspace.ts'

const typed = `
import { isRoutingNumber } from '@fistworks/nacha'
import * as contract from '@fistworks/contract'
import { FISTWorks } from '@fistworks/sdk'

export const sure: boolean = isRoutingNumber('021000021')
export const client: FISTWorks = new FISTWorks({ apiKey: 'fw_test_sk_x', baseUrl: 'https://ach.example.com' })
export const known: number = Object.keys(contract).length
// @ts-expect-error a number is no key: were the types missing, everything would be allowed
new FISTWorks({ apiKey: 1, baseUrl: 'https://ach.example.com' })
`
const elements = `
import { FistRecipients } from '@fistworks/widgets'
import '@fistworks/widgets/register/fist-recipients'

export const one: FistRecipients = new FistRecipients()
`
const inModule = `
import { isRoutingNumber } from '@fistworks/nacha'
import * as contract from '@fistworks/contract'
import { FISTWorks } from '@fistworks/sdk'
if (!isRoutingNumber('021000021')) throw new Error('nacha does not work')
if (Object.keys(contract).length === 0) throw new Error('contract exports nothing')
new FISTWorks({ apiKey: 'fw_test_sk_x', baseUrl: 'https://ach.example.com' })
`
const required = `
const { FISTWorks } = require('@fistworks/sdk')
new FISTWorks({ apiKey: 'fw_test_sk_x', baseUrl: 'https://ach.example.com' })
`

function tsconfig(module: string, moduleResolution: string) {
  const compilerOptions = {
    module,
    moduleResolution,
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  }
  return JSON.stringify({ compilerOptions, include: ['*.ts', '*.cts'] })
}

function write(folder: string, tarballs: Record<Published, string>) {
  const local = Object.fromEntries(published.map((name) => [`@fistworks/${name}`, `file:${tarballs[name]}`]))
  const files = {
    'package.json': JSON.stringify({ private: true, type: 'module', dependencies: local, pnpm: { overrides: local } }),
    'typed.ts': typed,
    'required.cts': `import { FISTWorks } from '@fistworks/sdk'\nexport const client: FISTWorks = new FISTWorks({ apiKey: 'k', baseUrl: 'https://ach.example.com' })\n`,
    'elements.ts': elements,
    'in-module.mjs': inModule,
    'required.cjs': required,
    'nodenext.json': tsconfig('nodenext', 'nodenext'),
    'bundler.json': tsconfig('preserve', 'bundler'),
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}

/**
 * Installs the tarballs in a folder of its own, as somebody outside would, and uses them: as modules, through `require`
 * where that is promised, and as types in both ways of resolving them. Gives what went wrong.
 */
export async function useAsOutsider(tarballs: Record<Published, string>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'consumer-'))
  try {
    mkdirSync(folder, { recursive: true })
    write(folder, tarballs)
    await pnpm(['install', '--prefer-offline', '--ignore-workspace'], folder)
    const uses: [string, string, string[]][] = [
      ['import', process.execPath, ['in-module.mjs']],
      ['require', process.execPath, ['required.cjs']],
      ['types, nodenext', tool('tsc'), ['-p', 'nodenext.json']],
      ['types, bundler', tool('tsc'), ['-p', 'bundler.json']],
    ]
    const problems: string[] = []
    for (const [use, program, args] of uses) {
      const { code, output } = await runQuietly(program, args, folder)
      if (code !== 0) problems.push(`${use}:\n${output.replaceAll(root, '')}`)
    }
    return problems
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
