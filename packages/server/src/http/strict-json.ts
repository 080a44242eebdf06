const DEEPEST = 32
const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, COLON] = [34, 92, 123, 125, 91, 93, 58]
/** Names that mean something else to JavaScript than a name. */
const NO_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Why this text could be read in more than one way, or `null`: one name twice in an object (a proxy in front may have
 * read the other), names of JavaScript's own, or more levels than anything here has.
 * @param text JSON that `JSON.parse` takes
 */
export function ambiguity(text: string): 'nested' | 'repeated' | 'reserved' | null {
  // `null` stands for a list.
  const levels: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === OPEN_OBJECT || code === OPEN_LIST) {
      levels.push(code === OPEN_OBJECT ? new Set() : null)
      if (levels.length > DEEPEST) return 'nested'
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) levels.pop()
    else if (code === QUOTE) {
      const end = endOfText(text, at)
      const names = levels.at(-1)
      if (names && isName(text, end)) {
        const name = JSON.parse(text.slice(at, end)) as string
        if (NO_NAMES.has(name)) return 'reserved'
        if (names.has(name)) return 'repeated'
        names.add(name)
      }
      at = end - 1
    }
  }
  return null
}

/** Behind the closing quote of the text that begins at `at`. */
function endOfText(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === BACKSLASH) end += 1
    else if (code === QUOTE) return end + 1
  }
  return text.length
}

function isName(text: string, from: number): boolean {
  let at = from
  while (at < text.length && text.charCodeAt(at) <= 32) at += 1
  return text.charCodeAt(at) === COLON
}
