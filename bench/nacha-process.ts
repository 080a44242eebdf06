import { existsSync, readFileSync } from 'node:fs'
import { works } from './nacha-works.ts'

const [name = '', implementation = '', n = '', path = ''] = process.argv.slice(2)
const prepare = works[name]?.[implementation]
if (!prepare) throw new Error(`There is no work '${name}' of '${implementation}'.`)
const run = prepare({ n: Number(n), path })
const began = performance.now()
await run()
const ms = performance.now() - began

// `maxRSS` of a young process counts what its parent took; where the system tells of the process alone, that is used.
const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'latin1') : ''
const kibibytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
console.log(JSON.stringify({ ms, mebibytes: kibibytes / 1_024 }))
