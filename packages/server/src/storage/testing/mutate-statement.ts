import { type AllowedStatement, refusalOf, tryUsesOf } from '../guard/guard.ts'
import { NotUnderstood } from '../guard/nodes.ts'

const CONDITION =
  /(?:"?\w+"?\.)?"?\b(?:organization_id|owner_id)"?\s*=\s*(?:\?|"?\w+"?\."?(?:organization_id|owner_id)\b"?)/gi
const SOMEBODY_ELSE = 'org_00000000000000000000000000'

/** One statement with one thing wrong that lets rows of others in. */
export interface Mutant {
  sql: string
  args: unknown[]
}

/**
 * The same statement with each condition on the owner left out, or made one of two, and with each value that is the owner
 * turned into somebody else.
 */
export function mutantsOf({ sql, args, work, tables }: AllowedStatement): Mutant[] {
  const values: unknown[] = Array.isArray(args) ? args : []
  const uses = tryUsesOf(sql, tables)
  const bound = uses instanceof NotUnderstood ? [] : uses.flatMap((use) => use.values)
  const mutants: Mutant[] = [...new Set(bound.map((value) => ('parameter' in value ? value.parameter : -1)))]
    .filter((index) => values[index] === work.owner)
    .map((index) => ({ sql, args: values.with(index, SOMEBODY_ELSE) }))
  for (const match of sql.matchAll(CONDITION)) {
    const [before, after] = [sql.slice(0, match.index), sql.slice(match.index + match[0].length)]
    if (isAssignment(before)) continue
    mutants.push({ sql: `${before}(${match[0]} or 1 = 1)${after}`, args: values })
    const isBound = match[0].endsWith('?')
    const rest = isBound ? values.toSpliced(before.split('?').length - 1, 1) : values
    mutants.push({ sql: `${before}1 = 1${after}`, args: rest })
  }
  return mutants
}

function isAssignment(before: string): boolean {
  return [...before.matchAll(/\b(?:set|where|on|and|or|not)\b/gi)].at(-1)?.[0].toLowerCase() === 'set'
}

/** The mutants that the guard lets through. */
export function survivorsOf(statement: AllowedStatement): Mutant[] {
  return mutantsOf(statement).filter(
    (mutant) => refusalOf(tryUsesOf(mutant.sql, statement.tables), mutant.args, statement.work) === null,
  )
}
