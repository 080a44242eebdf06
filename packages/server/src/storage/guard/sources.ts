import { type Fact, factsOf } from './facts.ts'
import { is, type Leaf, type Node, NotUnderstood, nameOf } from './nodes.ts'

/** A table that a statement reads from or writes to, under the name its columns have in it. */
export interface Source {
  alias: string
  /** `null` for a subquery or a function. */
  table: string | null
  leaf: Leaf | null
  /** What its join says of it: of the others only when rows without it fall away. */
  joinedBy: Fact[]
  keepsOthers: boolean
}

const JOIN_WORDS = ['JOIN', 'INNER', 'LEFT', 'OUTER', 'CROSS']
const REFUSED = ['NATURAL', 'RIGHT', 'FULL', 'USING', 'INDEXED']

/** The sources between FROM and the next clause. */
export function readSources(nodes: readonly Node[]): Source[] {
  const refused = nodes.find((node) => is(node, ...REFUSED))
  if (refused) throw new NotUnderstood(`${nameOf(refused)} in a join`)
  const sources: Source[] = []
  let rest = [...nodes]
  let keepsOthers = false
  while (rest.length > 0) {
    const [source, after] = readOne(rest)
    rest = after
    if (is(rest[0], 'ON')) {
      const end = rest.findIndex((node, index) => index > 0 && isJoin(node))
      source.joinedBy = factsOf(rest.slice(1, end < 0 ? rest.length : end))
      rest = end < 0 ? [] : rest.slice(end)
    }
    sources.push({ ...source, keepsOthers })
    const words: Node[] = []
    while (rest[0] !== undefined && isJoin(rest[0])) words.push(...rest.splice(0, 1))
    if (words.length === 0 && rest.length > 0) throw new NotUnderstood('what follows a table')
    keepsOthers = words.some((node) => is(node, 'LEFT'))
  }
  return sources
}

const isJoin = (node: Node) => is(node, ',', ...JOIN_WORDS)

/** One source with its alias, and what follows it. */
export function readOne(nodes: readonly Node[]): [Source, Node[]] {
  let rest = nodes.slice(1)
  let [leaf] = nodes
  let table = nameOf(leaf)
  if (leaf === undefined) throw new NotUnderstood('a table is missing')
  if (leaf.kind === 'group') {
    if (!is(leaf.nodes[0], 'SELECT', 'VALUES', 'WITH')) throw new NotUnderstood('a join in parentheses')
  } else if (table === null) {
    throw new NotUnderstood('a table that is no name')
  }
  if (is(rest[0], '.')) {
    leaf = rest[1]
    table = nameOf(leaf)
    rest = rest.slice(2)
  }
  if (rest[0]?.kind === 'group') {
    table = null
    rest = rest.slice(1)
  }
  let alias = table ?? ''
  if (is(rest[0], 'AS')) rest = rest.slice(1)
  else if (!isAlias(rest[0])) return [{ ...bare(leaf, table), alias }, rest]
  alias = nameOf(rest[0]) ?? ''
  return [{ ...bare(leaf, table), alias }, rest.slice(1)]
}

function bare(leaf: Node | undefined, table: string | null): Source {
  return {
    alias: '',
    table,
    leaf: table === null || leaf === undefined || leaf.kind === 'group' ? null : leaf,
    joinedBy: [],
    keepsOthers: false,
  }
}

const AFTER_A_TABLE = ['ON', 'SET', 'WHERE', 'RETURNING', 'ORDER', 'LIMIT', 'NOT', ...JOIN_WORDS]

function isAlias(node: Node | undefined): boolean {
  return node !== undefined && (node.kind === 'name' || (node.kind === 'word' && !AFTER_A_TABLE.includes(node.text)))
}
