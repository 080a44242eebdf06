/** A list that is made while it is written. */
export type LazyList = () => Iterable<JsonPart>
export type JsonPart =
  | string
  | number
  | bigint
  | boolean
  | null
  | LazyList
  | readonly JsonPart[]
  | { readonly [name: string]: JsonPart }

type Named = readonly [name: string, part: JsonPart]

function* unnamed(parts: Iterable<JsonPart>): Generator<Named> {
  for (const part of parts) yield ['', part]
}

function named(part: object): Named[] {
  return Object.entries(part).map(([name, value]) => [`${JSON.stringify(name)}: `, value])
}

function enclosed(parts: readonly Named[], ends: string, indent: string): string {
  if (parts.length === 0) return ends
  const inner = `${indent}  `
  const lines = parts.map(([name, part]) => `${inner}${name}${textOf(part, inner)}`)
  return `${ends.charAt(0)}\n${lines.join(',\n')}\n${indent}${ends.charAt(1)}`
}

function textOf(part: JsonPart, indent: string): string {
  if (typeof part === 'bigint') return String(part)
  if (typeof part === 'function') return enclosed([...unnamed(part())], '[]', indent)
  if (Array.isArray(part)) return enclosed([...unnamed(part as readonly JsonPart[])], '[]', indent)
  return typeof part === 'object' && part !== null ? enclosed(named(part), '{}', indent) : JSON.stringify(part)
}

function* pieces(parts: Iterable<Named>, ends: string, indent: string): Generator<string> {
  let before = ends.charAt(0)
  for (const [name, part] of parts) {
    yield `${before}\n${indent}  ${name}`
    yield* jsonPieces(part, `${indent}  `)
    before = ','
  }
  yield before === ',' ? `\n${indent}${ends.charAt(1)}` : ends
}

/**
 * The text of JSON, indented by 2, in pieces: an item of a lazy list after the other. Whole numbers of any size keep their
 * digits.
 */
export function* jsonPieces(part: JsonPart, indent = ''): Generator<string> {
  if (typeof part === 'function') yield* pieces(unnamed(part()), '[]', indent)
  else if (
    typeof part === 'object' &&
    part !== null &&
    Object.values(part).some((each) => typeof each === 'function')
  ) {
    yield* pieces(named(part), '{}', indent)
  } else yield textOf(part, indent)
}
