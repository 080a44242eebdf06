/**
 * Reads JSON in which no object says a name twice: which of the two counts is for nobody to guess.
 * @throws SyntaxError
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  const value: unknown = JSON.parse(text)
  refuseDuplicates(text)
  return value
}

/** Walks over the strings and brackets of a text that is JSON. */
function refuseDuplicates(text: string): void {
  const open: (Set<string> | null)[] = []
  let isName = false
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null)
      isName = token === '{'
    } else if (token === '}' || token === ']') {
      open.pop()
    } else if (token === ',') {
      isName = open.at(-1) instanceof Set
    } else if (token === ':') {
      isName = false
    } else if (isName) {
      const names = open.at(-1)
      const name = String(JSON.parse(token))
      if (names?.has(name)) throw new SyntaxError('a name is there twice')
      names?.add(name)
    }
  }
}
