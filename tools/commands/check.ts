import { checks, type Result, runChecks } from '../checks.ts'
import { isGreen, lastLine } from '../test-report.ts'

function tell({ name, seconds, problem }: Result) {
  console.log(`${problem === undefined ? '✓' : '✗'} ${name} ${seconds.toFixed(1)} s`)
  if (problem !== undefined) console.log(problem)
}

const [only] = process.argv.slice(2)
const chosen = checks.filter((check) => !only || check.name === only)
if (chosen.length === 0)
  console.error(`There is no check '${only}'. Checks: ${checks.map(({ name }) => name).join(', ')}.`)
const results = await runChecks(chosen, 2, tell)
const failed = results.filter(({ problem }) => problem !== undefined).length
const counted = { passed: results.length - failed, failed }
console.log(lastLine(counted))
process.exitCode = isGreen(counted) ? 0 : 1
