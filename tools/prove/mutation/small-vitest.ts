import { AssertionError, deepStrictEqual } from 'node:assert'

/** The few words of vitest that the tests use which judge mutants, so that a mutant costs milliseconds and not a process. */
type Run = () => unknown

/** A test, and what is to be done before and after it. */
interface Test {
  name: string
  run: Run
  before: readonly Run[]
  after: readonly Run[]
}

/** All of one file of tests. */
export interface TestFile {
  tests: Test[]
  beforeAll: Run[]
  afterAll: Run[]
}

const nothing = (): TestFile => ({ tests: [], beforeAll: [], afterAll: [] })
let found = nothing()
/** Of the groups that the next test is in. They stand before the tests, as they do in the project. */
let each: { before: readonly Run[]; after: readonly Run[] } = { before: [], after: [] }

/** What was imported since the last time. */
export function takeTests(): TestFile {
  const taken = found
  found = nothing()
  each = { before: [], after: [] }
  return taken
}

export const beforeAll = (run: Run) => void found.beforeAll.push(run)
export const afterAll = (run: Run) => void found.afterAll.unshift(run)
export const beforeEach = (run: Run) => void (each = { ...each, before: [...each.before, run] })
export const afterEach = (run: Run) => void (each = { ...each, after: [run, ...each.after] })

let finishes: Run[] = []
export const onTestFinished = (finish: Run) => void finishes.push(finish)

/** A test and what it wants done after it, last first. */
export async function runTest({ run, before, after }: Test): Promise<void> {
  finishes = []
  try {
    for (const one of before) await one()
    await run()
  } finally {
    for (const one of after) await one()
    for (const finish of finishes.toReversed()) await finish()
  }
}

function add(name: string, ...rest: readonly unknown[]): void {
  const run = rest.find((one) => typeof one === 'function') as Run
  found.tests.push({ name, run, ...each })
}

function group(body: () => void): void {
  const outside = each
  body()
  each = outside
}

const spread = (row: unknown): unknown[] => (Array.isArray(row) ? row : [row])
const eachTest = (rows: readonly unknown[]) => (name: string, run: (...values: unknown[]) => void) => {
  for (const row of rows) add(`${name} ${String(row).slice(0, 60)}`, () => run(...spread(row)))
}
const eachGroup = (rows: readonly unknown[]) => (_: string, body: (...values: unknown[]) => void) => {
  for (const row of rows) group(() => body(...spread(row)))
}

export const test = Object.assign(add, { each: eachTest })
export const describe = Object.assign((_: string, body: () => void) => group(body), { each: eachGroup })

/** Stands in what is wanted for every value that it fits. */
class Fitting {
  readonly fits: (value: never) => boolean

  constructor(fits: (value: never) => boolean) {
    this.fits = fits
  }
}

/** What is wanted, with the value itself where something in it fits that. */
function fitted(value: unknown, wanted: unknown): unknown {
  if (wanted instanceof Fitting) return wanted.fits(value as never) ? value : wanted
  if (typeof value !== 'object' || value === null) return wanted
  if (Array.isArray(wanted)) return wanted.map((one, index) => fitted((value as unknown[])[index], one))
  if (typeof wanted !== 'object' || wanted === null || wanted.constructor !== Object) return wanted
  const entries = Object.entries(wanted).map(([key, one]) => [
    key,
    fitted((value as Record<string, unknown>)[key], one),
  ])
  return Object.fromEntries(entries)
}

/** As vitest: `undefined` in an object is the same as nothing there, and classes are not compared. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)]
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Set) return new Set([...value].map(plain))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]))
}

function isEqual(a: unknown, b: unknown): boolean {
  try {
    deepStrictEqual(plain(a), plain(fitted(a, b)))
    return true
  } catch {
    return false
  }
}

function isMatching(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || wanted instanceof Fitting) return isEqual(value, wanted)
  if (Array.isArray(wanted)) {
    return Array.isArray(value) && value.length === wanted.length && wanted.every((one, n) => isMatching(value[n], one))
  }
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
  toHaveProperty: (value: object, wanted: string) => wanted in value,
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

const isOfType = (value: unknown, type: unknown) => Object(value) instanceof (type as new () => unknown)
const FITTINGS = {
  any: (type: unknown) => new Fitting((value) => isOfType(value, type)),
  anything: () => new Fitting((value) => value !== null && value !== undefined),
  objectContaining: (part: object) => new Fitting((value) => isMatching(value, part)),
  arrayContaining: (part: readonly unknown[]) =>
    new Fitting((value: readonly unknown[]) => part.every((one) => value.some((each) => isEqual(each, one)))),
  stringContaining: (part: string) => new Fitting((value: string) => String(value).includes(part)),
  stringMatching: (pattern: RegExp) => new Fitting((value: string) => String(value).search(pattern) >= 0),
}

export const expect = Object.assign(expectation, FITTINGS)

function expectation(value: unknown) {
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
