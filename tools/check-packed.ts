import { useAsOutsider } from './consumer.ts'
import { packAll, published } from './pack.ts'
import { runQuietly } from './run-program.ts'
import { tool } from './workspace.ts'

/** sdk promises `require` and types for it; the others are modules only. */
const profile = { nacha: 'esm-only', contract: 'esm-only', sdk: 'node16', widgets: 'esm-only' } as const

const tarballs = await packAll()
const problems: string[] = []
for (const name of published) {
  const lint = await runQuietly(tool('publint'), [tarballs[name], '--strict'])
  if (lint.code !== 0) problems.push(`publint ${name}:\n${lint.output}`)
  const ignored = name === 'widgets' ? ['--exclude-entrypoints', './fistworks.js'] : []
  const types = await runQuietly(tool('attw'), [tarballs[name], '--profile', profile[name], '--no-emoji', ...ignored])
  if (types.code !== 0) problems.push(`attw ${name}:\n${types.output}`)
}
problems.push(...(await useAsOutsider(tarballs)))
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
