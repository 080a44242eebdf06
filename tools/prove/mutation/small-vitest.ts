import { AssertionError, deepStrictEqual } from 'node:assert'

/** The few words of vitest that the tests use which judge mutants, so that a mutant costs milliseconds and not a process. */
type Run = () => void | Promise<void>

let found: { name: string; run: Run }[] = []

/** The tests that were imported since the last time. */
export function takeTests() {
  const taken = found
  found = []
  return taken
}

type Finish = () => unknown
let finishes: Finish[] = []
export const onTestFinished = (finish: Finish) => void finishes.push(finish)

/** A test and what it wants done after it, last first. */
export async function runTest({ run }: { run: Run }): Promise<void> {
  finishes = []
  try {
    await run()
  } finally {
    for (const finish of finishes.toReversed()) await finish()
  }
}

function add(name: string, ...rest: readonly unknown[]): void {
  const run = rest.find((one) => typeof one === 'function') as Run
  found.push({ name, run })
}

const spread = (row: unknown): unknown[] => (Array.isArray(row) ? row : [row])
const eachTest = (rows: readonly unknown[]) => (name: string, run: (...values: unknown[]) => void) => {
  for (const row of rows) add(`${name} ${String(row).slice(0, 60)}`, () => run(...spread(row)))
}
const eachGroup = (rows: readonly unknown[]) => (_: string, body: (...values: unknown[]) => void) => {
  for (const row of rows) body(...spread(row))
}

export const test = Object.assign(add, { each: eachTest })
export const describe = Object.assign((_: string, body: () => void) => body(), { each: eachGroup })

/** As vitest: `undefined` in an object is the same as nothing there, and classes are not compared. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)]
  if (Array.isArray(value) || value instanceof Set) return [...value].map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]))
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    deepStrictEqual(plain(a), plain(b))
    return true
  } catch {
    return false
  }
}

function isMatching(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted)) return isEqual(value, wanted)
  return Object.entries(wanted).every(([key, each]) => isMatching((value as Record<string, unknown>)?.[key], each))
}

type Thrown = RegExp | string | (new (...values: never[]) => Error)

function isWanted(error: unknown, wanted?: Thrown): boolean {
  if (wanted === undefined) return true
  if (typeof wanted === 'function') return error instanceof wanted
  const message = error instanceof Error ? error.message : String(error)
  return typeof wanted === 'string' ? message.includes(wanted) : wanted.test(message)
}

function doesThrow(run: () => void, wanted?: Thrown): boolean {
  try {
    run()
    return false
  } catch (error) {
    return isWanted(error, wanted)
  }
}

type Matcher = (value: never, wanted: never) => boolean

const MATCHERS: Readonly<Record<string, Matcher>> = {
  toBe: (value, wanted) => Object.is(value, wanted),
  toEqual: isEqual,
  toMatchObject: isMatching,
  toBeNull: (value) => value === null,
  toBeUndefined: (value) => value === undefined,
  toBeTruthy: Boolean,
  toBeFalsy: (value) => !value,
  toBeInstanceOf: (value, wanted: new () => unknown) => (value as unknown) instanceof wanted,
  toSatisfy: (value, wanted: (value: unknown) => boolean) => wanted(value),
  toContainEqual: (value: readonly unknown[], wanted) => value.some((one) => isEqual(one, wanted)),
  toBeGreaterThanOrEqual: (value: number, wanted: number) => value >= wanted,
  toBeLessThanOrEqual: (value: number, wanted: number) => value <= wanted,
  toBeDefined: (value) => value !== undefined,
  toContain: (value: readonly unknown[] | string, wanted: never) => value.includes(wanted),
  toHaveLength: (value: readonly unknown[], wanted: number) => value.length === wanted,
  toBeGreaterThan: (value: number, wanted: number) => value > wanted,
  toBeLessThan: (value: number, wanted: number) => value < wanted,
  toMatch: (value: string, wanted: RegExp) => value.search(wanted) >= 0,
  toThrow: doesThrow,
  // Pages are written from the tables of the rules, which no mutant of a check changes.
  toMatchFileSnapshot: () => true,
}

const notMet = (name: string, isNegated: boolean) =>
  new AssertionError({ message: `${isNegated ? 'not ' : ''}${name}` })

function matchersOf(value: unknown, isNegated: boolean) {
  return Object.entries(MATCHERS).map(([name, matches]) => [
    name,
    (wanted?: unknown) => {
      if (matches(value as never, wanted as never) === isNegated) throw notMet(name, isNegated)
    },
  ])
}

/** The same words, for a promise that is to end one way or the other. */
function settledMatchers(value: unknown, isRejected: boolean, isNegated: boolean) {
  const settle = () => Promise.resolve(typeof value === 'function' ? value() : value)
  const outcome = async () => {
    const [ended] = await Promise.allSettled([settle()])
    if ((ended.status === 'rejected') !== isRejected) throw notMet(isRejected ? 'rejects' : 'resolves', false)
    return ended.status === 'rejected' ? ended.reason : ended.value
  }
  return Object.entries(MATCHERS).map(([name, matches]) => [
    name,
    async (wanted?: unknown) => {
      const given = await outcome()
      const isMet = name === 'toThrow' ? isWanted(given, wanted as Thrown) : matches(given as never, wanted as never)
      if (isMet === isNegated) throw notMet(name, isNegated)
    },
  ])
}

function promised(value: unknown, isRejected: boolean) {
  const matchers = (isNegated: boolean) => Object.fromEntries(settledMatchers(value, isRejected, isNegated))
  return { ...matchers(false), not: matchers(true) }
}

export function expect(value: unknown) {
  return {
    ...Object.fromEntries(matchersOf(value, false)),
    not: Object.fromEntries(matchersOf(value, true)),
    get rejects() {
      return promised(value, true)
    },
    get resolves() {
      return promised(value, false)
    },
  }
}
