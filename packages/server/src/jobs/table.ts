import { integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core'

/** Work to do outside of requests, enqueued in the transaction that makes it necessary. */
export const jobs = sqliteTable(
  'jobs',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    queue: text('queue').notNull().default(''),
    payload: text('payload', { mode: 'json' }).$type<unknown>().notNull(),
    dedupeKey: text('dedupe_key').notNull(),
    state: text('state', { enum: ['ready', 'leased', 'done', 'dead'] }).notNull(),
    runAt: text('run_at').notNull(),
    attempts: integer('attempts').notNull().default(0),
    maxAttempts: integer('max_attempts').notNull(),
    leaseOwner: text('lease_owner'),
    leaseUntil: text('lease_until'),
    lastError: text('last_error'),
    finishedAt: text('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.id] }),
    unique().on(table.organizationId, table.dedupeKey),
  ],
)
