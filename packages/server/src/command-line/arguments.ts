import { parseArgs } from 'node:util'
import type { Profile } from '@fistworks/nacha'
import { UsageError } from './command-error.ts'

interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
}

/** What a verb takes. */
export interface Shape {
  readonly options: Readonly<Record<string, Option>>
  /** How many files: at least and at most. */
  readonly files: readonly [number, number]
}

export const PROFILE = { profile: { type: 'string' }, json: { type: 'boolean' } } as const
export const UNMASKED = { unmasked: { type: 'boolean' } } as const
export const OUTPUT = { output: { type: 'string' }, force: { type: 'boolean' } } as const

const DATE = /^\d{4}-\d{2}-\d{2}$/
const PROFILES: readonly Profile[] = ['originate', 'standard', 'lenient']

/** What a verb was given. Every reading of a value that does not fit throws a UsageError that names the option. */
export class Arguments {
  readonly files: readonly string[]
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: Readonly<Record<string, unknown>>, files: readonly string[]) {
    this.#values = values
    this.files = files
  }

  get file(): string {
    return this.files[0] ?? '-'
  }

  has(name: string): boolean {
    return this.#values[name] === true
  }

  text(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  texts(name: string): string[] {
    const value = this.#values[name]
    return Array.isArray(value) ? value.map(String) : []
  }

  needed(name: string, why: string): string {
    const value = this.text(name)
    if (value === undefined || value === '') throw new UsageError(`--${name} is missing: ${why}`)
    return value
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    const word = words.find((each) => each === value)
    if (word === undefined) throw new UsageError(`--${name} is one of ${words.join(', ')}`)
    return word
  }

  date(name: string): string | undefined {
    const value = this.text(name)
    const isDate = value !== undefined && DATE.test(value) && !Number.isNaN(Date.parse(value))
    if (value !== undefined && !isDate) throw new UsageError(`--${name} is a day of the form YYYY-MM-DD`)
    return value
  }

  /** A whole number from 1. */
  count(name: string): number | undefined {
    const value = this.text(name)
    if (value === undefined) return undefined
    if (!/^[1-9]\d{0,14}$/.test(value)) throw new UsageError(`--${name} is a whole number from 1`)
    return Number(value)
  }

  get profile(): Profile {
    return this.oneOf('profile', PROFILES) ?? 'standard'
  }
}

/** Reads words by a shape. @throws UsageError for options that are not known and too few or too many files */
export function readArguments(words: readonly string[], { options, files: [fewest, most] }: Shape): Arguments {
  const { values, positionals } = parsed(words, options)
  if (positionals.length < fewest || positionals.length > most) {
    const wanted =
      fewest === most
        ? String(fewest)
        : most === Number.POSITIVE_INFINITY
          ? `${fewest} or more`
          : `${fewest} to ${most}`
    throw new UsageError(`Give ${wanted} ${wanted === '1' ? 'file' : 'files'}, - for standard input`)
  }
  if (positionals.filter((each) => each === '-').length > 1) {
    throw new UsageError('Standard input can be read only once')
  }
  return new Arguments(values, positionals)
}

function parsed(words: readonly string[], options: Shape['options']) {
  try {
    return parseArgs({ args: [...words], options: { ...options }, allowPositionals: true, strict: true })
  } catch (error) {
    // Only the first sentence: the rest is advice about this very parser.
    const message = error instanceof Error ? error.message.split('. ')[0] : 'The options cannot be read'
    throw new UsageError(message ?? 'The options cannot be read', { cause: error })
  }
}
