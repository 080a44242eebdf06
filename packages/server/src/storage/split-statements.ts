const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|`[^`]*`|;|[A-Za-z_]\w*|\s+|[\s\S]/g
const TRIGGER = /^CREATE (?:TEMP |TEMPORARY )?TRIGGER$/

/** Cuts a script into its statements, without comments. A trigger, with the semicolons of its body, stays whole. */
export function splitStatements(script: string): string[] {
  const statements: string[] = []
  let text = ''
  let tokens: string[] = []
  for (const [token] of script.matchAll(TOKEN)) {
    const isComment = token.startsWith('--') || token.startsWith('/*')
    if (isComment || token.trim() === '') {
      text += isComment ? ' ' : token
    } else if (token === ';' && isWhole(tokens)) {
      statements.push(text.trim())
      text = ''
      tokens = []
    } else {
      text += token
      tokens.push(token.toUpperCase())
    }
  }
  return [...statements, text.trim()].filter((one) => one !== '')
}

/** A trigger is whole after `; END`; an END before that closes a CASE. */
function isWhole(tokens: readonly string[]): boolean {
  const isTrigger = TRIGGER.test(tokens.slice(0, 2).join(' ')) || TRIGGER.test(tokens.slice(0, 3).join(' '))
  return !isTrigger || (tokens.at(-1) === 'END' && tokens.at(-2) === ';')
}
