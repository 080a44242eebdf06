import type { Mutant } from './mutators.ts'

/** Faults of one line that nobody can see from outside, by design. */
export interface Unseen {
  /** Paths of the files from the folder of the source. */
  file: RegExp
  /** What the line holds. */
  line: string
  /** Only these faults of the line; the others are tried. All when left out. */
  kind?: RegExp
  reason: string
}

const MOST = 12

/**
 * Takes out the mutants that nobody can see.
 * @returns those to try, and how many each entry left out
 * @throws Error when the list is longer than a dozen, or an entry names no mutant any more
 */
export function withoutUnseen(
  mutants: readonly Mutant[],
  unseen: readonly Unseen[],
  textOf: (file: string) => string,
): { seen: Mutant[]; leftOut: { entry: Unseen; count: number }[] } {
  if (unseen.length > MOST) throw new Error(`${unseen.length} entries leave mutants out; ${MOST} is the most.`)
  const lineOf = ({ file, line }: Mutant) => textOf(file).split('\n')[line - 1] ?? ''
  const isOf = (mutant: Mutant, { file, line, kind }: Unseen) =>
    file.test(mutant.file) && lineOf(mutant).includes(line) && (kind?.test(mutant.kind) ?? true)
  const leftOut = unseen.map((entry) => ({ entry, count: mutants.filter((mutant) => isOf(mutant, entry)).length }))
  const stale = leftOut.find(({ count }) => count === 0)
  if (stale) throw new Error(`No mutant in ${stale.entry.file.source} lies on a line with '${stale.entry.line}'.`)
  return { seen: mutants.filter((mutant) => !unseen.some((entry) => isOf(mutant, entry))), leftOut }
}

/** What is left out of the vault and its keys. */
export const UNSEEN_OF_VAULT: readonly Unseen[] = [
  {
    file: /(envelope|local-key-file|azure-key-vault|organization-vault|rewrap)\.ts$/,
    line: '.fill(0)',
    kind: /^(.*\.fill left out|if \(false\)|0 \+ 1)$/,
    reason: 'it erases a buffer that nobody else can reach; where one can, a test looks (tenant-keys.ts, key-ring.ts)',
  },
  { file: /make-owner-only/, line: 'fsyncSync(', reason: 'only a loss of power shows it' },
  { file: /make-owner-only/, line: 'flush: true', kind: /true/, reason: 'it calls fsync, as above' },
  {
    file: /(make-owner-only|local-key)-file/,
    line: 'syncFolder(dirname(path))',
    reason: 'it calls fsync for the folder',
  },
  { file: /azure/, line: 'const TIMEOUT_MS', reason: 'a millisecond of five seconds of real time' },
  {
    file: /azure/,
    line: 'const RETRIES',
    kind: /^(200|1_000) /,
    reason: 'a millisecond between two tries; their number is tried',
  },
  {
    file: /azure/,
    line: 'const LONGEST_WAIT_MS',
    kind: /\+ 1/,
    reason: 'waits are told in whole seconds',
  },
  { file: /office/, line: 'const ATTEMPTS', reason: 'one of a million attempts' },
  { file: /vault\/vault/, line: 'const KEPT_ORGANIZATIONS', reason: 'one of a thousand; tests choose their own' },
]

/** What is left out of the audit log. */
export const UNSEEN_OF_AUDIT: readonly Unseen[] = [
  {
    file: /checkpoint-file/,
    line: 'flush: true',
    kind: /true/,
    reason: 'it calls fsync: only a loss of power shows it',
  },
  {
    file: /checkpoint-file/,
    line: 'syncFolder(dirname(path))',
    kind: /left out/,
    reason: 'it calls fsync for the folder',
  },
  {
    file: /(audit|trail|leaves)\.ts$/,
    line: '_AT_ONCE = ',
    reason: 'one event more or less in a reading of five hundred or a thousand; tests read across its border',
  },
  {
    file: /audit\/audit\.ts$/,
    line: '.limit(1)',
    kind: /\+ 1/,
    reason: 'a row that is read and not looked at',
  },
]
