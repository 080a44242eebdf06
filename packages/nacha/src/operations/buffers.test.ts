import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { buildFile } from '../build-file.ts'
import { decodeFile } from '../decode-file.ts'
import { encodeFile } from '../encode-file.ts'
import type { AchFile } from '../file.ts'
import { sampleFile } from '../testing/sample-input.ts'
import { validateFile, validateStream } from '../validate-file.ts'
import { annotate } from './annotate.ts'
import { flattenBatches } from './flatten-batches.ts'
import { maskFile } from './mask-file.ts'
import { mergeFiles } from './merge-files.ts'
import { segmentFile } from './segment-file.ts'
import { toJson } from './to-json.ts'

/** What Node reads is a Buffer, whose `slice` shares memory: nothing may depend on which of the two came in. */
const { file: built } = buildFile(sampleFile())
if (!built) throw new Error('the sample does not build')
const plain = encodeFile(built)

function decoded(bytes: Uint8Array): AchFile {
  const { file } = decodeFile(bytes)
  if (!file) throw new Error('the sample does not read')
  return file
}

const bytesOf = (file: AchFile | null | undefined) => (file ? Buffer.from(encodeFile(file)).toString('latin1') : null)

test.each<[string, (bytes: Uint8Array) => unknown]>([
  ['validate', (bytes) => validateFile(bytes)],
  ['mask', (bytes) => Buffer.from(maskFile(bytes)).toString('latin1')],
  ['annotate', (bytes) => annotate(bytes)],
  ['json', (bytes) => toJson(decoded(bytes))],
  ['merge', (bytes) => mergeFiles([decoded(bytes), decoded(bytes)]).files.map(({ file }) => bytesOf(file))],
  ['flatten', (bytes) => bytesOf(flattenBatches(decoded(bytes)).file)],
  ['segment', (bytes) => bytesOf(segmentFile(decoded(bytes)).credits)],
])('%s gives the same for a Buffer, and leaves it as it was', (_, work) => {
  const buffer = Buffer.from(plain)
  expect(work(buffer)).toEqual(work(new Uint8Array(plain)))
  expect(buffer.equals(plain)).toBe(true)
})

test('a stream does not keep hold of the pieces it was given', async () => {
  async function* reused() {
    const piece = Buffer.alloc(50)
    for (let at = 0; at < plain.length; at += piece.length) {
      const part = plain.subarray(at, at + piece.length)
      piece.set(part)
      yield piece.subarray(0, part.length)
    }
  }
  expect(await validateStream(reused())).toEqual(validateFile(plain))
})
