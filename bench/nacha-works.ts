import { createReadStream, readFileSync } from 'node:fs'
import { decodeFile, type FileInput, readStream, validateFile, validateStream } from '@fistworks/nacha'
import { scan, writeRaw } from './nacha-floors.ts'
import {
  buildWithAch,
  buildWithAchkit,
  buildWithNach2,
  buildWithNodeNacha,
  checkWithAchkit,
  parseWithAch,
  parseWithAchkit,
  parseWithNodeNacha,
} from './nacha-peers.ts'
import { build, inputOf } from './nacha-samples.ts'

/** What a work is given: how many entries, and a file of them on disk. */
export interface Given {
  n: number
  path: string
}

/** Gets ready, untimed; what it gives does the work once. */
type Work = (given: Given) => () => void | Promise<void>

const own = '@fistworks/nacha'

function check(bytes: Uint8Array): void {
  const violations = validateFile(bytes, { profile: 'originate' })
  if (violations.length > 0) throw new Error(JSON.stringify(violations[0]))
}

async function checkStream(path: string): Promise<void> {
  const violations = await validateStream(createReadStream(path), { profile: 'originate' })
  if (violations.length > 0) throw new Error(JSON.stringify(violations[0]))
}

async function readEntries(path: string): Promise<void> {
  let cents = 0
  for await (const item of readStream(createReadStream(path)))
    if (item.kind === 'entry') cents += item.entry.amountCents
  if (cents === 0) throw new Error('nothing was read')
}

function makeObjects(bytes: Uint8Array): void {
  for (const { entries } of decodeFile(bytes).file?.batches ?? []) for (const entry of entries) void entry.amountCents
}

const reading =
  (read: (bytes: Uint8Array) => unknown): Work =>
  ({ path }) => {
    const bytes = new Uint8Array(readFileSync(path))
    return async () => void (await read(bytes))
  }
const readingText =
  (read: (text: string) => unknown): Work =>
  ({ path }) => {
    const text = readFileSync(path, 'latin1')
    return async () => void (await read(text))
  }
const writing =
  (write: (input: FileInput) => unknown): Work =>
  ({ n }) => {
    const input = inputOf(n)
    return async () => void (await write(input))
  }

/** By case, then by implementation; the first is ours. */
export const works: Readonly<Record<string, Readonly<Record<string, Work>>>> = {
  'parse and check': {
    [own]: reading(check),
    achkit: readingText(checkWithAchkit),
    '@midlandsbank/node-nacha, no checks': readingText(parseWithNodeNacha),
    '@ach/ach, no checks': readingText(parseWithAch),
    'raw scan, no checks': reading(scan),
  },
  'build and write': {
    [own]: writing(build),
    achkit: writing(buildWithAchkit),
    '@midlandsbank/node-nacha, no checks': writing(buildWithNodeNacha),
    '@ach/ach, wrong hash, no checks': writing(buildWithAch),
    nach2: writing(buildWithNach2),
    'raw buffer write, no checks': writing(writeRaw),
  },
  'make objects': { [own]: reading(makeObjects), achkit: readingText(parseWithAchkit) },
  'stream from disk': {
    [`${own}, check`]:
      ({ path }) =>
      () =>
        checkStream(path),
    [`${own}, read every entry and check`]:
      ({ path }) =>
      () =>
        readEntries(path),
  },
}
