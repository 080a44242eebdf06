import type { BenchCase, BenchResult } from './bench-case.ts'

const warmUps = 2
const runs = 9

/** A sample shorter than this is mostly the clock: the work is repeated until it takes so long. */
const minSampleMs = 5

async function once(one: BenchCase): Promise<{ ms: number; figure: number | undefined }> {
  const began = performance.now()
  const figure = (await one.run()) ?? undefined
  return { ms: performance.now() - began, figure }
}

/** How often the work is repeated in one sample, found while warming up. */
async function warmUp(one: BenchCase): Promise<number> {
  let repeats = 1
  for (let turn = 0; turn < warmUps; turn += 1) {
    const { ms, figure } = await once(one)
    if (figure === undefined) repeats = Math.max(1, Math.ceil(minSampleMs / Math.max(ms, 0.000_1)))
  }
  return Math.min(repeats, 100_000)
}

async function sample(one: BenchCase, repeats: number): Promise<number> {
  let total = 0
  for (let turn = 0; turn < repeats; turn += 1) {
    const { ms, figure } = await once(one)
    total += figure ?? ms
  }
  return total / repeats
}

function summarize(one: BenchCase, samples: readonly number[]): BenchResult {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? Number.NaN
  const { bench, implementation, n } = one
  return {
    bench,
    case: one.case,
    implementation,
    n,
    metric: one.metric ?? 'time',
    unit: one.unit ?? 'ms',
    median: at(Math.floor(sorted.length / 2)),
    min: at(0),
    max: at(sorted.length - 1),
    runs: sorted.length,
  }
}

/** Measures the implementations of one case in turns, so that a machine that slows down slows all of them down. */
export async function measure(implementations: readonly BenchCase[]): Promise<BenchResult[]> {
  const contenders = implementations.map((one) => ({ one, samples: [] as number[], repeats: 1 }))
  try {
    for (const contender of contenders) {
      await contender.one.setup?.()
      contender.repeats = await warmUp(contender.one)
    }
    for (let round = 0; round < runs; round += 1) {
      for (const { one, samples, repeats } of contenders) samples.push(await sample(one, repeats))
    }
  } finally {
    for (const { one } of contenders) await one.teardown?.()
  }
  return contenders.map(({ one, samples }) => summarize(one, samples))
}
