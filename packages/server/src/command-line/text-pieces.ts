/** Characters that are written at once. */
const PIECE = 64 * 1024

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function isLazy(value: object): value is Iterable<unknown> {
  return Array.isArray(value) || Symbol.iterator in value
}

function isFlat(value: object): boolean {
  return !isLazy(value) && Object.values(value).every((member) => !isObject(member))
}

/**
 * The text of `JSON.stringify(value, null, 2)` piece by piece, so that it may be larger than a string can be. Generators
 * count as arrays: what they give is made while it is written.
 */
export function* jsonPieces(value: unknown, indent = ''): Generator<string> {
  if (!isObject(value)) {
    yield JSON.stringify(value) ?? 'null'
    return
  }
  if (isFlat(value)) {
    // Most of a long text: records and fields.
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)
    return
  }
  const isList = isLazy(value)
  const inner = `${indent}  `
  const members: Iterable<readonly [string, unknown]> = isList ? unnamed(value) : Object.entries(value)
  let isEmpty = true
  for (const [name, member] of members) {
    if (member === undefined && !isList) continue
    yield `${isEmpty ? (isList ? '[' : '{') : ','}\n${inner}${isList ? '' : `${JSON.stringify(name)}: `}`
    yield* jsonPieces(member, inner)
    isEmpty = false
  }
  const closing = isList ? ']' : '}'
  yield isEmpty ? `${isList ? '[' : '{'}${closing}` : `\n${indent}${closing}`
}

function* unnamed(values: Iterable<unknown>): Generator<readonly [string, unknown]> {
  for (const value of values) yield ['', value]
}

/** Small pieces put together, so that they are written in few writes. */
export function* gathered(pieces: Iterable<string>): Generator<string> {
  let waiting = ''
  for (const piece of pieces) {
    waiting += piece
    if (waiting.length < PIECE) continue
    yield waiting
    waiting = ''
  }
  if (waiting !== '') yield waiting
}
