import { readdirSync } from 'node:fs'
import type { BenchCase, BenchResult } from './bench-case.ts'
import { measure } from './measure.ts'

const ending = '.bench.ts'

function known(): string[] {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(ending))
  return files.map((file) => file.slice(0, -ending.length)).sort()
}

/** The cases of the benches by name, those of one bench and case together and in the order of the file. */
async function load(names: readonly string[]): Promise<BenchCase[][]> {
  const cases: BenchCase[] = []
  for (const name of names) {
    const file: { cases: BenchCase[] } = await import(`./${name}${ending}`)
    cases.push(...file.cases)
  }
  return [...Map.groupBy(cases, (one) => `${one.bench}\0${one.case}\0${one.n}`).values()]
}

const rounded = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

function table(results: readonly BenchResult[]): string {
  const [first, ...others] = results.filter(({ metric }) => metric !== 'cpu')
  if (!first) return ''
  const cpuOf = (implementation: string) =>
    results.find((each) => each.metric === 'cpu' && each.implementation === implementation)
  const rows = [first, ...others].map((row) => {
    const ratio = `${(row.median / first.median).toFixed(2)}×`
    const spread = `${rounded(row.min)} … ${rounded(row.max)}`
    const cpu = cpuOf(row.implementation)
    const cost = cpu ? `cpu ${rounded(cpu.median)}` : ''
    const cells = [rounded(row.median).padStart(9), row.unit.padEnd(3), ratio.padStart(8), spread.padStart(20)]
    return `  ${row.implementation.padEnd(46)}${cells.join(' ')}${cost.padStart(12)}`.trimEnd()
  })
  return [`${first.bench}: ${first.case}, n = ${first.n} (${first.metric}, median of ${first.runs})`, ...rows, ''].join(
    '\n',
  )
}

/** Measures the named bench, or all. Prints tables, or with `json` one object per line. Gives the exit code. */
export async function bench(name: string | undefined, json: boolean): Promise<number> {
  const names = known()
  if (name && !names.includes(name)) {
    console.error(`There is no bench '${name}'. Benches: ${names.join(', ')}.`)
    return 2
  }
  for (const implementations of await load(name ? [name] : names)) {
    const results = await measure(implementations)
    if (json) for (const result of results) console.log(JSON.stringify(result))
    else console.log(table(results))
  }
  return 0
}
