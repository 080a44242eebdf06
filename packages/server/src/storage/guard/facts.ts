import { is, type Node, nameOf, split } from './nodes.ts'

/** What the owner's column is compared with. */
export type Value = { parameter: number } | { text: string }

/** A column with what stands before its dot. */
export interface Column {
  of: string | null
  name: string
}

/** `column = value` or `column = column`, where it holds for every row that is left. */
export interface Fact {
  column: Column
  equals: Value | Column
}

/**
 * The equalities that hold wherever the condition does. Only parts that are joined by AND count: what stands under OR, NOT,
 * CASE or within another comparison says nothing for sure.
 */
export function factsOf(condition: readonly Node[]): Fact[] {
  if (condition.some((node) => is(node, 'OR', 'CASE'))) return []
  const parts = conjuncts(condition)
  if (parts.length > 1) return parts.flatMap(factsOf)
  const [only] = condition
  if (condition.length === 1 && only?.kind === 'group') return factsOf(only.nodes)
  return equality(condition)
}

/** Cuts at AND, but not at the one that belongs to a BETWEEN. */
function conjuncts(condition: readonly Node[]): Node[][] {
  let betweens = 0
  return split(condition, (node) => {
    if (is(node, 'BETWEEN')) betweens++
    if (!is(node, 'AND')) return false
    if (betweens === 0) return true
    betweens--
    return false
  })
}

function equality(nodes: readonly Node[]): Fact[] {
  const at = nodes.findIndex((node) => is(node, '=', '=='))
  if (at < 0) return []
  const left = sideOf(nodes.slice(0, at))
  const right = sideOf(nodes.slice(at + 1))
  if (left === null || right === null) return []
  const facts: Fact[] = []
  if ('name' in left) facts.push({ column: left, equals: right })
  if ('name' in right) facts.push({ column: right, equals: left })
  return facts
}

function sideOf(nodes: readonly Node[]): Value | Column | null {
  const [first, dot, last] = nodes
  if (nodes.length === 1) return valueOf(first) ?? columnOf(null, first)
  return nodes.length === 3 && is(dot, '.') ? columnOf(nameOf(first), last) : null
}

function columnOf(of: string | null, node: Node | undefined): Column | null {
  const name = nameOf(node)
  return name === null ? null : { of, name }
}

/** A parameter or a text, when the node is nothing else. */
export function valueOf(node: Node | undefined): Value | null {
  if (node?.kind === 'parameter' && node.index >= 0) return { parameter: node.index }
  return node?.kind === 'string' ? { text: node.text } : null
}
