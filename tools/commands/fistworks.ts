import { runVisibly } from '../run-program.ts'
import { inWorkspace, nodeOptions } from '../workspace.ts'

const main = inWorkspace('packages/server/src/main.ts')
process.exitCode = await runVisibly(process.execPath, [...nodeOptions, main, ...process.argv.slice(2)])
