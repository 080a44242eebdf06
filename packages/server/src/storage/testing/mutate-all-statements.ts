import { type AllowedStatement, allowed } from '../guard/guard.ts'
import { survivorsOf } from './mutate-statement.ts'

const seen = new Set<string>()

// For every test of this package: whatever statement it runs for an organization is tried again, once, with each of its
// conditions on the organization left out. One that still passes the guard ends the run with an error.
allowed.subscribe((message) => {
  const statement = message as AllowedStatement
  if (statement.work.reason !== null || seen.has(statement.sql)) return
  seen.add(statement.sql)
  const [survivor] = survivorsOf(statement)
  if (survivor !== undefined) throw new Error(`The guard lets this through: ${survivor.sql}`)
})
