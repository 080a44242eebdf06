import fc from 'fast-check'
import { buildFile } from '../build-file.ts'
import { encodeFile } from '../encode-file.ts'
import type { AchFile } from '../file.ts'
import type { BatchInput, FileInput, StandardBatchInput } from '../input.ts'
import { fileInput } from './arbitrary.ts'
import { fileWith, sampleBatch, sampleFile } from './sample-input.ts'
import { SEC_SAMPLES } from './sec-samples.ts'

export function built(input: FileInput<BatchInput>): AchFile {
  const { file, violations } = buildFile(input)
  if (!file) throw new Error(JSON.stringify(violations))
  return file
}

const batchesOf = (isWanted: (batch: BatchInput) => boolean) => Object.values(SEC_SAMPLES).flat().filter(isWanted)
const advice = batchesOf(({ secCode }) => secCode === 'ADV')
const others = batchesOf(({ secCode }) => secCode !== 'ADV')

const sampledFile = fc
  .shuffledSubarray(others, { minLength: 1, maxLength: 8 })
  .map((batches) => built(fileWith(batches)))

/** Files of every SEC code, returns and notifications among them, and files of arbitrary PPD and CCD batches. */
export const anyFile: fc.Arbitrary<AchFile> = fc.oneof(
  sampledFile,
  fileInput.map(built),
  fc.constant(built(fileWith(advice))),
)

/** Files of payments alone. */
export const paymentFile: fc.Arbitrary<AchFile> = fileInput.map(built)

const headers = [
  {},
  { companyDiscretionaryData: 'ONLY THIS DIFFERS' },
  { companyDescriptiveDate: 'JAN 31' },
] satisfies Partial<StandardBatchInput>[]

/** Files that one could merge: of one day, with batches whose headers are often equal, and traces that sometimes are. */
export const mergeableFiles: fc.Arbitrary<AchFile[]> = fc.array(
  fc
    .record({
      input: fileInput,
      variants: fc.array(fc.constantFrom(...headers), { minLength: 4, maxLength: 4 }),
      fileIdModifier: fc.constantFrom(...'ABC'),
      firstTrace: fc.constantFrom(1, 2, 1_000, 500_000),
    })
    .map(({ input, variants, fileIdModifier, firstTrace }) => {
      let next = firstTrace
      const batches = input.batches.map((batch, index) => {
        const entries = batch.entries.map((entry) => ({ ...entry, traceSequence: next++ }))
        // The class says what is in it: with equal classes the headers are equal.
        return { ...sampleBatch({ ...variants[index], serviceClassCode: 200, secCode: 'PPD' }), entries }
      })
      return built({ ...sampleFile({ fileIdModifier }), batches: batches as StandardBatchInput[] })
    }),
  { minLength: 1, maxLength: 4 },
)

/** Every entry with its addenda as text, in the order of the file: what an operation may not change. */
export function entryTexts(files: readonly AchFile[]): string[] {
  return files.flatMap((file) => {
    const texts: string[] = []
    for (const line of new TextDecoder('latin1').decode(encodeFile(file)).split('\n')) {
      if (line.startsWith('6')) texts.push(line)
      else if (line.startsWith('7')) texts.push(`${texts.pop()}\n${line}`)
    }
    return texts
  })
}
