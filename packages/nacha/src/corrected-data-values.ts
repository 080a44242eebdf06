import type { CorrectedField, CorrectedPlace } from './corrected-data-layout.ts'
import { correctedDataParts } from './corrected-data-parts.ts'
import { correctedValueProblem } from './corrected-data-value.ts'

/** What stands in the way of reading the values, from the position in the corrected data on. */
interface Obstacle {
  readonly ok: false
  readonly message: string
  readonly position: number
  readonly field: CorrectedField | null
}

interface CorrectedValues {
  readonly ok: true
  readonly values: readonly string[]
  readonly readBy: 'positions' | 'parts'
}

function obstacleAt(text: string, places: readonly CorrectedPlace[]): Obstacle | null {
  let next = 1
  for (const { field, first, last } of [...places, { field: null, first: text.length + 1, last: 0 }]) {
    const stray = text.slice(next - 1, first - 1).search(/[^ ]/)
    if (stray >= 0) return { ok: false, message: 'Expected blanks', position: next + stray, field }
    const message = field && correctedValueProblem(field, valueAt(text, { field, first, last }), last - first + 1)
    if (message) return { ok: false, message, position: first, field }
    next = last + 1
  }
  return null
}

function valueAt(text: string, { first, last }: CorrectedPlace): string {
  return text.slice(first - 1, last).trimEnd()
}

/**
 * The values of corrected data, with or without padding: at their positions, else by the blanks between them; what stands
 * in the way at the positions when there is neither.
 */
export function readCorrectedValues(text: string, places: readonly CorrectedPlace[]): CorrectedValues | Obstacle {
  const obstacle = obstacleAt(text, places)
  if (!obstacle) return { ok: true, values: places.map((each) => valueAt(text, each)), readBy: 'positions' }
  const values = correctedDataParts(text, places)
  return values ? { ok: true, values, readBy: 'parts' } : obstacle
}
