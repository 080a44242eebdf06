import { runQuietly } from './run-program.ts'
import { inWorkspace, nodeOptions, tool } from './workspace.ts'

/** One thing that is checked: a program that says nothing of interest and exits with 0 when all is well. */
export interface Check {
  name: string
  program: string
  args: readonly string[]
  /** The check that must be over before, where both write the same files. */
  after?: string
}

/** How a check went. */
export interface Result {
  name: string
  seconds: number
  problem: string | undefined
}

const own = (file: string) => ({ program: process.execPath, args: [...nodeOptions, inWorkspace('tools', file)] })

/** Everything besides tests that must hold before a change is taken. The longest come first, as far as they can. */
export const checks: readonly Check[] = [
  { name: 'types', program: tool('tsc'), args: ['-b', 'tsconfig.check.json'] },
  { name: 'lint', program: tool('oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { name: 'packed packages', ...own('check-packed.ts'), after: 'types' },
  { name: 'dead code', program: tool('knip'), args: ['--no-progress'] },
  { name: 'sizes', ...own('check-sizes.ts') },
  { name: 'tidy', ...own('check-tidy.ts') },
  { name: 'format', program: tool('biome'), args: ['format', '--diagnostic-level=error', '.'] },
]

async function runCheck({ name, program, args }: Check): Promise<Result> {
  const began = performance.now()
  const { code, output } = await runQuietly(program, args)
  return { name, seconds: (performance.now() - began) / 1000, problem: code === 0 ? undefined : output.trim() }
}

/** Runs checks, at most `width` at a time, and tells of each as it ends. */
export async function runChecks(
  all: readonly Check[],
  width: number,
  told: (result: Result) => void,
): Promise<Result[]> {
  const waiting = [...all]
  const results: Result[] = []
  const ended = new Map<string, Promise<Result>>()
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const check = next
      const before = Promise.resolve(ended.get(check.after ?? ''))
      const mine = before.then(() => runCheck(check))
      ended.set(check.name, mine)
      const result = await mine
      results.push(result)
      told(result)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}
