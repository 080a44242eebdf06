const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|`[^`]*`|;|[A-Za-z_]\w*|\s+|[\s\S]/g

/** Cuts a script into its statements. A trigger's body, with its own semicolons, stays in one piece. */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let text = ''
  let words: string[] = []
  let previous = ''
  for (const [token] of script.matchAll(TOKEN)) {
    if (token.startsWith('--') || token.startsWith('/*')) {
      text += ' '
      continue
    }
    text += token
    const word = token.toUpperCase()
    if (token === ';' && !(isTrigger(words) && !(previous === 'END' && words.at(-1) === 'END'))) {
      statements.push(text.trim().slice(0, -1))
      text = ''
      words = []
      previous = ''
    } else if (token.trim() !== '') {
      if (/^[A-Z_]/.test(word)) words.push(word)
      previous = word
    }
  }
  if (text.trim() !== '') statements.push(text.trim())
  return statements.filter((one) => one.trim() !== '')
}

function isTrigger(words: readonly string[]): boolean {
  return /^CREATE (TEMP |TEMPORARY )?TRIGGER\b/.test(words.slice(0, 3).join(' '))
}
