import { bench } from '../../bench/run.ts'

const words = process.argv.slice(2)
const [name, ...others] = words.filter((word) => word !== '--json')
if (others.length > 0 || name?.startsWith('-')) {
  console.error('Usage: pnpm bench [NAME] [--json]')
  process.exitCode = 2
} else {
  process.exitCode = await bench(name, words.includes('--json'))
}
