import type { Databases } from '../directory.ts'
import { acrossTenants } from '../on-behalf-of.ts'
import { surrounded } from '../owned-by.ts'
import type { Storage } from '../transaction.ts'

/** The database as somebody has it who is bound by no rule of ours: the guard stands aside, as it does in migrations. */
export function byHand(storage: Storage): Storage {
  return surrounded(storage, (work) => acrossTenants('migrate', work))
}

/** The first tenant database of a folder, by hand. */
export function mainByHand(databases: Databases): Storage {
  const [tenant] = databases.tenants()
  if (tenant === undefined) throw new Error('There is no tenant database.')
  return byHand(tenant)
}
