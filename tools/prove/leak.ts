import { encodingsOf } from '../../packages/server/src/testing/encodings.ts'
import { gatherEvidence, numbersOf } from '../e2e/evidence.ts'
import type { ProofOptions, ProofResult } from '../prove.ts'

export const defaults = { rounds: 1 }

/** Walks the whole way of a payment with other numbers each round, and looks for them in all that came of it. */
export async function prove({ rounds, seed, log }: ProofOptions): Promise<ProofResult> {
  const breaches: string[] = []
  let artefacts = 0
  let bytes = 0
  for (let round = 0; round < rounds; round++) {
    const evidence = await gatherEvidence(numbersOf(seed + round))
    artefacts += evidence.artefacts.length
    bytes += evidence.artefacts.reduce((sum, artefact) => sum + artefact.bytes.length, 0)
    for (const { what, secret, encoding } of evidence.hits) {
      breaches.push(`round ${round}: number ${secret} as ${encoding} in ${what}`)
    }
    log(`round ${round + 1} of ${rounds}: ${evidence.artefacts.length} artefacts, ${evidence.hits.length} hits`)
  }
  const encodings = encodingsOf('1234567890').size
  return { figures: { rounds, artefacts, bytes, encodings, hits: breaches.length }, breaches }
}
