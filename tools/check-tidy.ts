import { findUntidy } from './tidy.ts'
import { root } from './workspace.ts'

const untidy = findUntidy(root)
for (const line of untidy) console.error(line)
process.exitCode = untidy.length > 0 ? 1 : 0
