import type { Id } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What was made of a generated file for a bank that wants it encrypted: the bytes that every try sends. */
export const encryptedFiles = sqliteTable(
  'encrypted_files',
  {
    organizationId: text('organization_id').notNull(),
    achFileId: text('ach_file_id').$type<Id<'ach'>>().notNull(),
    format: text('format').$type<'binary' | 'armored'>().notNull(),
    /** Fingerprints of the keys that can read it. */
    encryptedTo: text('encrypted_to', { mode: 'json' }).$type<string[]>().notNull(),
    signedBy: text('signed_by'),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** Sealed. */
    bytes: blob('bytes', { mode: 'buffer' }).$type<Uint8Array>().notNull(),
    encryptedAt: text('encrypted_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.achFileId] })],
)
