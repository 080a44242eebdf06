import type { Focus } from './focus.ts'
import { IN_DECISIONS } from './planted-in-decisions.ts'
import { IN_DELIVERY } from './planted-in-delivery.ts'

/** A fault planted into the server's own source, to see that the simulation finds it. */
export interface PlantedFault {
  name: string
  /** All of them at once: where a second line holds, it is taken away as well. */
  edits: readonly Edit[]
  /** What all tried seeds are about; each its own when nothing is said. */
  focus?: Focus
  /** So many seeds from 1 on are tried. */
  withinSeeds: number
}

interface Edit {
  /** Below `packages/server`: of the server's own source, or `prove/simulation` for a double. */
  file: string
  find: string
  replace: string
}

export const PLANTED: readonly PlantedFault[] = [...IN_DELIVERY, ...IN_DECISIONS]
