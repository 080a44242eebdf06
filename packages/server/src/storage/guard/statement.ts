import { type Column, type Fact, factsOf, type Value, valueOf } from './facts.ts'
import { is, type Leaf, type Node, NotUnderstood, nameOf, readNodes, split } from './nodes.ts'
import { readOne, readSources, type Source } from './sources.ts'

/** Tables that hold rows of organizations, each with the column that says whose a row is. */
export type TenantTables = ReadonlyMap<string, string>

/** One way in which a statement touches a table of tenants: allowed when one of the values is the owner. */
export interface Use {
  table: string
  values: readonly Value[]
}

/** Sources with all that is known of their rows, and those of the statement around it. */
interface Scope {
  sources: readonly Source[]
  facts: readonly (Fact & { onlyFor: Source | null })[]
  outer: Scope | null
}

/**
 * What a statement does to the tables of tenants.
 * @throws NotUnderstood where it names such a table in a way that is not understood
 */
export function usesOf(sql: string, tables: TenantTables): Use[] {
  const nodes = readNodes(sql)
  const reading = { tables, uses: [] as Use[], seen: new Set<Leaf>() }
  for (const statement of split(nodes, (node) => is(node, ';'))) readStatement(statement, null, reading)
  const missed = named(nodes, reading)
  if (missed !== undefined) throw new NotUnderstood(`where it names ${missed}`)
  return reading.uses
}

interface Reading {
  tables: TenantTables
  uses: Use[]
  /** Names of tables that are accounted for: any other is a reason to refuse. */
  seen: Set<Leaf>
}

function readStatement(statement: readonly Node[], outer: Scope | null, reading: Reading): void {
  const nodes = afterWith(withoutExplain(statement), outer, reading)
  const [verb] = nodes
  if (verb === undefined) return
  // Tells of tables, never of rows.
  if (is(verb, 'PRAGMA')) return void [...leavesOf(nodes)].map((leaf) => reading.seen.add(leaf))
  if (is(verb, 'SELECT', 'VALUES')) return readQuery(nodes, outer, reading)
  if (is(verb, 'INSERT', 'REPLACE')) return readInsert(nodes, reading)
  if (is(verb, 'UPDATE')) return readUpdate(nodes, reading)
  if (is(verb, 'DELETE')) return readDelete(nodes, reading)
  defines(nodes, reading)
}

function withoutExplain(nodes: readonly Node[]): readonly Node[] {
  if (!is(nodes[0], 'EXPLAIN')) return nodes
  return nodes.slice(is(nodes[1], 'QUERY') ? 3 : 1)
}

/** Reads the named queries before a statement and gives what follows them. */
function afterWith(nodes: readonly Node[], outer: Scope | null, reading: Reading): readonly Node[] {
  if (!is(nodes[0], 'WITH')) return nodes
  const verb = nodes.findIndex((node) => is(node, 'SELECT', 'VALUES', 'INSERT', 'REPLACE', 'UPDATE', 'DELETE'))
  if (verb < 0) throw new NotUnderstood('WITH without a statement')
  readInner(nodes.slice(0, verb), outer, reading)
  return nodes.slice(verb)
}

/** Statements that make or change a table: only work that may touch all of it. */
function defines(nodes: readonly Node[], reading: Reading): void {
  for (const leaf of leavesOf(nodes)) {
    const table = tenantTableOf(leaf, reading)
    if (table === null) continue
    reading.seen.add(leaf)
    reading.uses.push({ table, values: [] })
  }
}

const CLAUSES = ['FROM', 'WHERE', 'GROUP', 'HAVING', 'WINDOW', 'ORDER', 'LIMIT', 'RETURNING']

function clause(nodes: readonly Node[], word: string): Node[] {
  const at = nodes.findIndex((node) => is(node, word))
  if (at < 0) return []
  const end = nodes.findIndex((node, index) => index > at && is(node, ...CLAUSES))
  return nodes.slice(at + 1, end < 0 ? nodes.length : end)
}

function readQuery(nodes: readonly Node[], outer: Scope | null, reading: Reading): void {
  for (const core of split(nodes, (node) => is(node, 'UNION', 'INTERSECT', 'EXCEPT'))) {
    readScoped(core, readSources(clause(core, 'FROM')), outer, reading)
  }
}

/** Judges the sources of one SELECT, UPDATE or DELETE by its joins and its WHERE, then the queries inside of it. */
function readScoped(nodes: readonly Node[], sources: readonly Source[], outer: Scope | null, reading: Reading): void {
  const facts = [
    ...factsOf(clause(nodes, 'WHERE')).map((fact) => ({ ...fact, onlyFor: null })),
    ...sources.flatMap((source) =>
      source.joinedBy.map((fact) => ({ ...fact, onlyFor: source.keepsOthers ? source : null })),
    ),
  ]
  const scope: Scope = { sources, facts, outer }
  for (const source of sources) {
    const table = source.leaf === null ? null : tenantTableOf(source.leaf, reading)
    if (table === null || source.leaf === null) continue
    reading.seen.add(source.leaf)
    reading.uses.push({ table, values: valuesFor(source, scope, reading, new Set()) })
  }
  readInner(nodes, scope, reading)
}

/** Every value that the owner's column of a source is equal to, directly or through another source. */
function valuesFor(source: Source, scope: Scope, reading: Reading, asked: Set<Source>): Value[] {
  asked.add(source)
  return scope.facts.flatMap(({ column, equals, onlyFor }) => {
    if (onlyFor !== null && onlyFor !== source) return []
    if (ownerOf(column, scope, reading)?.source !== source) return []
    if (!('name' in equals)) return [equals]
    const other = ownerOf(equals, scope, reading)
    return other === null || asked.has(other.source) ? [] : valuesFor(other.source, other.scope, reading, asked)
  })
}

/** The source whose owner's column this is; `null` when it is another column. */
function ownerOf(column: Column, scope: Scope, reading: Reading): { source: Source; scope: Scope } | null {
  const isOwner = (source: Source) => source.table !== null && reading.tables.get(source.table) === column.name
  if (column.of === null) {
    const found = scope.sources.filter(isOwner)
    return found.length === 1 && found[0] !== undefined ? { source: found[0], scope } : null
  }
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const source = at.sources.find(({ alias }) => alias === column.of)
    if (source !== undefined) return isOwner(source) ? { source, scope: at } : null
  }
  return null
}

/** The queries in parentheses, at any depth. */
function readInner(nodes: readonly Node[], scope: Scope | null, reading: Reading): void {
  for (const node of nodes) {
    if (node.kind !== 'group') continue
    if (is(node.nodes[0], 'SELECT', 'VALUES', 'WITH')) readStatement(node.nodes, scope, reading)
    else readInner(node.nodes, scope, reading)
  }
}

function readDelete(nodes: readonly Node[], reading: Reading): void {
  const [target] = readOne(nodes.slice(2))
  readScoped(nodes, [target], null, reading)
}

function readUpdate(nodes: readonly Node[], reading: Reading): void {
  const isConflict = is(nodes[1], 'OR')
  const [target, rest] = readOne(nodes.slice(isConflict ? 3 : 1))
  if (isConflict && target.leaf !== null && tenantTableOf(target.leaf, reading) !== null) {
    throw new NotUnderstood('UPDATE OR, which may take away rows of others,')
  }
  keepsOwner(target, rest, reading)
  readScoped(rest, [target, ...readSources(clause(rest, 'FROM'))], null, reading)
}

/** A row stays with its owner: what sets the column must set it to the owner. */
function keepsOwner(target: Source, nodes: readonly Node[], reading: Reading): void {
  const owner = target.table === null ? undefined : reading.tables.get(target.table)
  if (owner === undefined) return
  const end = nodes.findIndex((node) => is(node, ...CLAUSES))
  const set = nodes.slice(nodes.findIndex((node) => is(node, 'SET')) + 1, end < 0 ? nodes.length : end)
  for (const assignment of split(set, (node) => is(node, ','))) {
    const [column, sign, value] = assignment
    const isList = column?.kind === 'group'
    if (isList ? !column.nodes.some((node) => nameOf(node) === owner) : nameOf(column) !== owner) continue
    const known = !isList && assignment.length === 3 && is(sign, '=') ? valueOf(value) : null
    reading.uses.push({ table: target.table ?? '', values: known === null ? [] : [known] })
  }
}

function readInsert(nodes: readonly Node[], reading: Reading): void {
  const into = nodes.findIndex((node) => is(node, 'INTO'))
  const [columns, rest] = [nodes[into + 2], nodes.slice(into + 3)]
  const leaf = nodes[into + 1]
  const table = leaf === undefined || leaf.kind === 'group' ? null : tenantTableOf(leaf, reading)
  readInner(nodes, null, reading)
  const select = nodes.findIndex((node) => is(node, 'SELECT'))
  if (select >= 0) readQuery(nodes.slice(select), null, reading)
  if (table === null || leaf === undefined || leaf.kind === 'group') return
  if (into !== 1 || is(nodes[0], 'REPLACE')) throw new NotUnderstood('INSERT OR, which may take away rows of others,')
  if (columns?.kind !== 'group' || !is(rest[0], 'VALUES')) throw new NotUnderstood(`an INSERT into ${table} as this`)
  const owner = reading.tables.get(table)
  const position = split(columns.nodes, (node) => is(node, ',')).findIndex(([name]) => nameOf(name) === owner)
  reading.seen.add(leaf)
  for (const row of rowsOf(rest)) {
    const [value, more] = split(row, (node) => is(node, ','))[position] ?? []
    const known = more === undefined ? valueOf(value) : null
    reading.uses.push({ table, values: known === null ? [] : [known] })
  }
  readConflict({ table, owner: owner ?? '' }, rest, reading)
}

function rowsOf(afterColumns: readonly Node[]): Node[][] {
  const end = afterColumns.findIndex((node, index) => index > 0 && node.kind !== 'group' && !is(node, ','))
  const rows = afterColumns.slice(1, end < 0 ? afterColumns.length : end)
  return rows.flatMap((node) => (node.kind === 'group' ? [node.nodes] : []))
}

/** What an INSERT changes instead must be a row of the same owner: the columns of the conflict say so. */
function readConflict(target: { table: string; owner: string }, rest: readonly Node[], reading: Reading): void {
  const at = rest.findIndex((node) => is(node, 'CONFLICT'))
  const update = rest.findIndex((node) => is(node, 'UPDATE'))
  if (at < 0 || update < 0) return
  const columns = rest[at + 1]
  const isWithin = columns?.kind === 'group' && columns.nodes.some((node) => nameOf(node) === target.owner)
  if (!isWithin || rest.filter((node) => is(node, 'CONFLICT')).length > 1) {
    throw new NotUnderstood(`a conflict of ${target.table} that does not name ${target.owner}`)
  }
  const source = { alias: target.table, table: target.table, leaf: null, joinedBy: [], keepsOthers: false }
  keepsOwner(source, rest.slice(update), reading)
}

function tenantTableOf(leaf: Leaf, reading: Reading): string | null {
  const name = nameOf(leaf)
  return name !== null && reading.tables.has(name) ? name : null
}

function* leavesOf(nodes: readonly Node[]): Generator<Leaf> {
  for (const node of nodes) {
    if (node.kind === 'group') yield* leavesOf(node.nodes)
    else yield node
  }
}

/** A table of tenants that is named but was not met as a source. Before a dot it only says whose column is meant. */
function named(nodes: readonly Node[], reading: Reading): string | undefined {
  for (const [index, node] of nodes.entries()) {
    const inner = node.kind === 'group' ? named(node.nodes, reading) : undefined
    if (inner !== undefined) return inner
    if (node.kind === 'group' || reading.seen.has(node) || is(nodes[index + 1], '.')) continue
    const table = tenantTableOf(node, reading)
    if (table !== null) return table
  }
  return undefined
}
