import type { AfterProcessing, BankCutoffs, Id, OpenPgpKey, OurOpenPgpKey } from '@fistworks/contract'
import { blob, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export interface StoredEncryption {
  format: 'binary' | 'armored'
  publicKeys: OpenPgpKey[]
}

export const bankConnections = sqliteTable(
  'bank_connections',
  {
    organizationId: text('organization_id').notNull(),
    id: text('id').$type<Id<'bcn'>>().notNull(),
    name: text('name').notNull(),
    host: text('host').notNull(),
    port: integer('port').notNull(),
    username: text('username').notNull(),
    authenticationMethod: text('authentication_method').$type<'password' | 'privateKey'>().notNull(),
    password: blob('password', { mode: 'buffer' }).$type<Uint8Array>(),
    privateKey: blob('private_key', { mode: 'buffer' }).$type<Uint8Array>(),
    passphrase: blob('passphrase', { mode: 'buffer' }).$type<Uint8Array>(),
    publicKey: text('public_key'),
    nextPrivateKey: blob('next_private_key', { mode: 'buffer' }).$type<Uint8Array>(),
    nextPublicKey: text('next_public_key'),
    hostKeyFingerprints: text('host_key_fingerprints', { mode: 'json' }).$type<string[]>().notNull(),
    hostKeyRefusedAt: text('host_key_refused_at'),
    uploadDirectory: text('upload_directory').notNull(),
    acknowledgementDirectory: text('acknowledgement_directory'),
    sweepsAtOnce: integer('sweeps_at_once', { mode: 'boolean' }).notNull(),
    lineEnding: text('line_ending').$type<'lf' | 'crlf'>().notNull(),
    returnDirectory: text('return_directory'),
    returnPollMinutes: integer('return_poll_minutes'),
    afterProcessing: text('after_processing').$type<AfterProcessing>().notNull().default('leave'),
    processedDirectory: text('processed_directory'),
    cutoffs: text('cutoffs', { mode: 'json' }).$type<BankCutoffs>(),
    fileNameTemplate: text('file_name_template'),
    encryption: text('encryption', { mode: 'json' }).$type<StoredEncryption>(),
    signingKey: blob('signing_key', { mode: 'buffer' }).$type<Uint8Array>(),
    signingPublicKey: text('signing_public_key', { mode: 'json' }).$type<OurOpenPgpKey>(),
    nextSigningKey: blob('next_signing_key', { mode: 'buffer' }).$type<Uint8Array>(),
    nextSigningPublicKey: text('next_signing_public_key', { mode: 'json' }).$type<OurOpenPgpKey>(),
    legacyAlgorithmsUntil: text('legacy_algorithms_until'),
    immediateDestination: text('immediate_destination').notNull(),
    immediateDestinationName: text('immediate_destination_name').notNull(),
    immediateOrigin: text('immediate_origin').notNull(),
    immediateOriginName: text('immediate_origin_name').notNull(),
    createdAt: text('created_at').notNull(),
    archivedAt: text('archived_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.id] })],
)

export type BankConnectionRow = typeof bankConnections.$inferSelect
