import { bench } from '../../bench/run.ts'

const options = process.argv.slice(2)
const name = options.find((option) => !option.startsWith('-'))
process.exitCode = await bench(name, options.includes('--json'))
