import { checks, type Result, runChecks } from '../checks.ts'
import { isGreen, lastLine } from '../test-report.ts'

function tell({ name, seconds, problem }: Result) {
  console.log(`${problem === undefined ? '✓' : '✗'} ${name} ${seconds.toFixed(1)} s`)
  if (problem !== undefined) console.log(problem)
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !checks.some((check) => check.name === name))
if (unknown.length > 0) {
  console.error(`There is no check '${unknown.join("', '")}'. Checks: ${checks.map(({ name }) => name).join(', ')}.`)
}
const chosen = unknown.length > 0 ? [] : checks.filter(({ name }) => names.length === 0 || names.includes(name))
const results = await runChecks(chosen, 2, tell)
const failed = results.filter(({ problem }) => problem !== undefined).length
const counted = { passed: results.length - failed, failed }
console.log(lastLine(counted))
process.exitCode = isGreen(counted) ? 0 : 1
