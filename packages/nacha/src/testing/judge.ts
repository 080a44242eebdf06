import { type ValidateOptions, validateFile } from '../validate-file.ts'
import type { Violation } from '../violation.ts'
import { bytesOf, type Edit, testLines } from './ach-lines.ts'

/** A file of `test-data/valid/` with some edits, as bytes. */
export const edited = (base: string, edits: readonly Edit[]): Uint8Array =>
  bytesOf(edits.reduce((lines, edit) => edit(lines), testLines(`valid/${base}.ach`)))

export const judge = (base: string, edits: readonly Edit[], options: ValidateOptions = {}): Violation[] =>
  validateFile(edited(base, edits), options)

/** Rule, line and column of each violation, as in 'entry.amount.zero 3:30'. */
export const places = (base: string, edits: readonly Edit[], options: ValidateOptions = {}): string[] =>
  judge(base, edits, options).map(({ rule, line, column }) => `${rule} ${line}:${column}`)

/** What is said of one fault. */
export const messages = (base: string, edits: readonly Edit[], options: ValidateOptions = {}): string[] =>
  judge(base, edits, options).map(({ message }) => message)
