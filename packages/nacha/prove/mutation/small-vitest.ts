import { AssertionError, deepStrictEqual } from 'node:assert'

/** The few words of vitest that the tests of the rules use, so that a mutant costs milliseconds and not a process. */
type Run = () => void | Promise<void>

let found: { name: string; run: Run }[] = []

/** The tests that were imported since the last time. */
export function takeTests() {
  const taken = found
  found = []
  return taken
}

function add(name: string, ...rest: readonly unknown[]): void {
  const run = rest.find((one) => typeof one === 'function') as Run
  found.push({ name, run })
}

const spread = (row: unknown): unknown[] => (Array.isArray(row) ? row : [row])
const eachTest = (rows: readonly unknown[]) => (name: string, run: (...values: unknown[]) => void) => {
  for (const row of rows) add(`${name} ${JSON.stringify(row)?.slice(0, 60)}`, () => run(...spread(row)))
}
const eachGroup = (rows: readonly unknown[]) => (_: string, body: (...values: unknown[]) => void) => {
  for (const row of rows) body(...spread(row))
}

export const test = Object.assign(add, { each: eachTest })
export const describe = Object.assign((_: string, body: () => void) => body(), { each: eachGroup })

/** As vitest: `undefined` in an object is the same as nothing there, and classes are not compared. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)]
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
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

function doesThrow(run: () => void, pattern?: RegExp | string): boolean {
  try {
    run()
    return false
  } catch (error) {
    return pattern === undefined || String(error).search(pattern) >= 0
  }
}

type Matcher = (value: never, wanted: never) => boolean

const MATCHERS: Readonly<Record<string, Matcher>> = {
  toBe: (value, wanted) => Object.is(value, wanted),
  toEqual: isEqual,
  toMatchObject: isMatching,
  toBeNull: (value) => value === null,
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

export function expect(value: unknown) {
  const matchers = (isNegated: boolean) =>
    Object.fromEntries(
      Object.entries(MATCHERS).map(([name, matches]) => [
        name,
        (wanted?: unknown) => {
          if (matches(value as never, wanted as never) !== isNegated) return
          throw new AssertionError({ message: `${isNegated ? 'not ' : ''}${name}` })
        },
      ]),
    )
  return { ...matchers(false), not: matchers(true) }
}
