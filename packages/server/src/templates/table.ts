import type { Actor, Direction, DraftSecCode, Id } from '@fistworks/contract'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export interface TemplateEntryContent {
  recipientId: Id<'rcp'>
  amountCents: number | null
  direction: Direction
  addenda: string[]
}

export interface TemplateBatchContent {
  bankAccountId: Id<'bac'>
  secCode: DraftSecCode
  companyEntryDescription: string
  companyDiscretionaryData: string
  entries: TemplateEntryContent[]
}

export const templates = sqliteTable(
  'templates',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'tpl'>>().notNull(),
    name: text('name').notNull(),
    version: integer('version').notNull(),
    batches: text('batches', { mode: 'json' }).$type<TemplateBatchContent[]>().notNull(),
    batchCount: integer('batch_count').notNull(),
    entryCount: integer('entry_count').notNull(),
    creditCents: integer('credit_cents').notNull(),
    debitCents: integer('debit_cents').notNull(),
    openAmounts: integer('open_amounts').notNull(),
    /** `${actor.type}:${actor.id}` of everyone who wrote or changed it: authors of every file that is made from it. */
    authors: text('authors', { mode: 'json' }).$type<string[]>().notNull(),
    createdBy: text('created_by', { mode: 'json' }).$type<Actor>().notNull(),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export type TemplateRow = typeof templates.$inferSelect
