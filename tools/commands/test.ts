import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { buildForBrowsers } from '../build.ts'
import { ensurePrograms } from '../ensure-programs.ts'
import { runVisibly } from '../run-program.ts'
import { isGreen, lastLine, type Report, type Tally, tally } from '../test-report.ts'
import { inWorkspace, tool } from '../workspace.ts'

const report = inWorkspace('.cache/test-report.json')
const notEvenRun: Tally = { passed: 0, failed: 1 }

function read(): Report {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return { testResults: [] }
  }
}

/** All of them, but for the server's tests once more over the network protocol: those are asked for by name. */
const usual = (options: readonly string[]) =>
  options.some((option) => option.startsWith('--project')) ? options : ['--project=!servers', ...options]

async function test(options: readonly string[]): Promise<Tally> {
  if (!(await ensurePrograms())) return notEvenRun
  try {
    await buildForBrowsers(console.log)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return notEvenRun
  }
  mkdirSync(inWorkspace('.cache'), { recursive: true })
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await runVisibly(tool('vitest'), ['run', ...reporters, ...usual(options)])
  return tally(read(), code)
}

const counted = await test(process.argv.slice(2))
console.log(lastLine(counted))
process.exitCode = isGreen(counted) ? 0 : 1
