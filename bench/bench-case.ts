/** One thing that is measured, by one implementation; cases of the same `bench` and `case` are set side by side. */
export interface BenchCase {
  /** The name `pnpm bench NAME` knows it by: that of its file `bench/NAME.bench.ts`. */
  bench: string
  case: string
  /** The first implementation of a case is the one the others are compared with. */
  implementation: string
  /** How many things one run handles. */
  n: number
  /** Does the work once and is timed; or gives a figure of its own, in `unit`, and is not. */
  run(): void | number | Promise<void | number>
  /** What a figure of its own measures, and in what; time in ms when `run` gives nothing. */
  metric?: string
  unit?: string
  /** Measured so often, nine times when left out. */
  runs?: number
  /** False for what is to be measured the first time too. */
  hasWarmUp?: boolean
  setup?(): void | Promise<void>
  teardown?(): void | Promise<void>
}

/** What came out: one line of `pnpm bench --json`. */
export interface BenchResult {
  bench: string
  case: string
  implementation: string
  n: number
  metric: string
  unit: string
  median: number
  min: number
  max: number
  runs: number
}
