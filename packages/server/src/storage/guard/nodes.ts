/** A piece of SQL: a leaf, or what stands between two parentheses. */
export type Node = Leaf | Group

export interface Leaf {
  kind: 'word' | 'name' | 'string' | 'parameter' | 'other'
  /** Words in capitals; names (quoted) and strings without their quotes; the rest as it stands. */
  text: string
  /** Of a parameter, from 0; -1 where it is named. */
  index: number
}

export interface Group {
  kind: 'group'
  nodes: Node[]
}

const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|`(?:[^`]|``)*`|\?\d*|[:@$]\w+|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|\s+|==|<=|>=|<>|!=|\|\||[\s\S]/g

/** The statement is not one that the guard can read: it is refused rather than let through. */
export class NotUnderstood extends Error {
  constructor(why: string) {
    super(`The guard does not understand this statement: ${why}.`)
    this.name = 'NotUnderstood'
  }
}

/** @throws NotUnderstood when parentheses do not match */
export function readNodes(sql: string): Node[] {
  const open: Node[][] = [[]]
  let parameters = 0
  for (const [token] of sql.matchAll(TOKEN)) {
    if (token.startsWith('--') || token.startsWith('/*') || token.trim() === '') continue
    const nodes = open.at(-1)
    if (nodes === undefined) throw new NotUnderstood('a parenthesis is closed that was not opened')
    if (token === '(') {
      const group: Group = { kind: 'group', nodes: [] }
      nodes.push(group)
      open.push(group.nodes)
    } else if (token === ')') {
      open.pop()
    } else {
      const leaf = leafOf(token, parameters)
      if (leaf.kind === 'parameter') parameters = Math.max(parameters, leaf.index + 1)
      nodes.push(leaf)
    }
  }
  const [all] = open
  if (all === undefined || open.length !== 1) throw new NotUnderstood('parentheses do not match')
  return all
}

function leafOf(token: string, parameters: number): Leaf {
  const first = token[0] ?? ''
  if (first === "'") return { kind: 'string', text: token.slice(1, -1).replaceAll("''", "'"), index: -1 }
  if (first === '"' || first === '`' || first === '[') {
    if (token.length === 1) throw new NotUnderstood('a quote is not closed')
    return { kind: 'name', text: token.slice(1, -1).replaceAll(first + first, first), index: -1 }
  }
  if (first === '?')
    return { kind: 'parameter', text: token, index: token === '?' ? parameters : Number(token.slice(1)) - 1 }
  if (/[:@$]/.test(first)) return { kind: 'parameter', text: token, index: -1 }
  if (/[A-Za-z_\u0080-\uffff]/.test(first)) return { kind: 'word', text: token.toUpperCase(), index: -1 }
  return { kind: 'other', text: token, index: -1 }
}

/** Whether a node is this keyword or sign. A quoted name is never a keyword. */
export function is(node: Node | undefined, ...texts: string[]): boolean {
  return node !== undefined && (node.kind === 'word' || node.kind === 'other') && texts.includes(node.text)
}

/** The name that a node can be, in small letters, since SQLite does not tell capitals apart; `null` when it is none. */
export function nameOf(node: Node | undefined): string | null {
  return node !== undefined && (node.kind === 'word' || node.kind === 'name') ? node.text.toLowerCase() : null
}

/** Cuts at each node for which `isCut` holds. */
export function split(nodes: readonly Node[], isCut: (node: Node) => boolean): Node[][] {
  const parts: Node[][] = [[]]
  for (const node of nodes) {
    if (isCut(node)) parts.push([])
    else parts.at(-1)?.push(node)
  }
  return parts
}
