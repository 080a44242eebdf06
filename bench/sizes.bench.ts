import { budgets, kilobytes } from '../tools/sizes.ts'
import type { BenchCase } from './bench-case.ts'

/** What browsers download, beside the budget that `pnpm check` holds it to. */
export const cases: BenchCase[] = budgets.flatMap(({ name, code, maxKilobytes }) => {
  const common = { bench: 'sizes', case: name, n: 1, metric: 'gzip', unit: 'kB' }
  return [
    { ...common, implementation: 'budget', run: () => maxKilobytes },
    { ...common, implementation: 'fistworks', run: () => kilobytes(code) },
  ]
})
