import type { BenchCase, BenchResult } from './bench-case.ts'

const warmUps = 2
const runs = 9

/** A sample shorter than this is mostly the clock: the work is repeated until it takes so long. */
const minSampleMs = 5

interface Sample {
  /** Elapsed, or the figure that the case gave. */
  value: number
  cpuMs: number
}

async function once(one: BenchCase): Promise<Sample & { isFigure: boolean }> {
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  const figure = (await one.run()) ?? undefined
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpuBefore)
  return { value: figure ?? ms, isFigure: figure !== undefined, cpuMs: (user + system) / 1_000 }
}

/** How often the work is repeated in one sample, found while warming up. */
async function warmUp(one: BenchCase): Promise<number> {
  let repeats = 1
  if (one.hasWarmUp === false) return repeats
  for (let turn = 0; turn < warmUps; turn += 1) {
    const { value, isFigure } = await once(one)
    if (!isFigure) repeats = Math.max(1, Math.ceil(minSampleMs / Math.max(value, 0.000_1)))
  }
  return Math.min(repeats, 100_000)
}

async function sample(one: BenchCase, repeats: number): Promise<Sample & { isFigure: boolean }> {
  const total = { value: 0, cpuMs: 0, isFigure: false }
  for (let turn = 0; turn < repeats; turn += 1) {
    const { value, cpuMs, isFigure } = await once(one)
    total.value += value
    total.cpuMs += cpuMs
    total.isFigure = isFigure
  }
  return { ...total, value: total.value / repeats, cpuMs: total.cpuMs / repeats }
}

function summarize(one: BenchCase, samples: readonly number[], metric = one.metric ?? 'time'): BenchResult {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? Number.NaN
  const { bench, implementation, n } = one
  return {
    bench,
    case: one.case,
    implementation,
    n,
    metric,
    unit: one.unit ?? 'ms',
    median: at(Math.floor(sorted.length / 2)),
    min: at(0),
    max: at(sorted.length - 1),
    runs: sorted.length,
  }
}

interface Contender {
  one: BenchCase
  samples: (Sample & { isFigure: boolean })[]
  repeats: number
}

/** The time or the figure of each, and what the timed ones cost of the processor, all threads together. */
function results({ one, samples }: Contender): BenchResult[] {
  const values = summarize(
    one,
    samples.map(({ value }) => value),
  )
  if (samples.some(({ isFigure }) => isFigure)) return [values]
  const cpu = samples.map(({ cpuMs }) => cpuMs)
  return [values, summarize(one, cpu, 'cpu')]
}

/** Measures the implementations of one case in turns, so that a machine that slows down slows all of them down. */
export async function measure(implementations: readonly BenchCase[]): Promise<BenchResult[]> {
  const contenders: Contender[] = implementations.map((one) => ({ one, samples: [], repeats: 1 }))
  try {
    for (const contender of contenders) {
      await contender.one.setup?.()
      contender.repeats = await warmUp(contender.one)
    }
    const most = Math.max(...contenders.map(({ one }) => one.runs ?? runs))
    for (let round = 0; round < most; round += 1) {
      for (const { one, samples, repeats } of contenders) {
        if (round < (one.runs ?? runs)) samples.push(await sample(one, repeats))
      }
    }
  } finally {
    for (const { one } of contenders) await one.teardown?.()
  }
  return contenders.flatMap(results)
}
