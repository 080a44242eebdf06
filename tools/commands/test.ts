import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { buildForBrowsers } from '../build.ts'
import { ensurePrograms } from '../ensure-programs.ts'
import { runVisibly } from '../run-program.ts'
import { isGreen, lastLine, tally, type Report } from '../test-report.ts'
import { inWorkspace, tool } from '../workspace.ts'

const report = inWorkspace('.cache/test-report.json')

function read(): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { testResults: [] }
  }
}

if (!(await ensurePrograms())) process.exit(1)
await buildForBrowsers(console.log)
mkdirSync(inWorkspace('.cache'), { recursive: true })
rmSync(report, { force: true })
const code = await runVisibly(tool('vitest'), [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
])
const counted = tally(read(), code)
console.log(lastLine(counted))
process.exitCode = isGreen(counted) ? 0 : 1
