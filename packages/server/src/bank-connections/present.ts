import type { BankConnection } from '@fistworks/contract'
import { auditEncryption, presentEncryption } from './encryption.ts'
import type { BankConnectionRow } from './table.ts'

/** As it goes out: without any secret. */
export function presentBankConnection(row: BankConnectionRow): BankConnection {
  return {
    type: 'bankConnection',
    id: row.id,
    ...visible(row),
    encryption: presentEncryption(row),
    createdAt: row.createdAt,
    archivedAt: row.archivedAt,
  }
}

/** What the audit log keeps of it. */
export function auditBankConnection(row: BankConnectionRow): Record<string, unknown> {
  const { immediateDestination: _destination, immediateOrigin: _origin, ...rest } = visible(row)
  return { ...rest, encryption: auditEncryption(row) }
}

function visible(row: BankConnectionRow) {
  return {
    name: row.name,
    host: row.host,
    port: row.port,
    username: row.username,
    authenticationMethod: row.authenticationMethod,
    publicKey: row.publicKey,
    nextPublicKey: row.nextPublicKey,
    hostKeyRefusedAt: row.hostKeyRefusedAt,
    hostKeyFingerprints: row.hostKeyFingerprints,
    uploadDirectory: row.uploadDirectory,
    acknowledgementDirectory: row.acknowledgementDirectory,
    sweepsAtOnce: row.sweepsAtOnce,
    lineEnding: row.lineEnding,
    returnDirectory: row.returnDirectory,
    returnPollMinutes: row.returnPollMinutes,
    afterProcessing: row.afterProcessing,
    processedDirectory: row.processedDirectory,
    cutoffs: row.cutoffs,
    fileNameTemplate: row.fileNameTemplate,
    legacyAlgorithmsUntil: row.legacyAlgorithmsUntil,
    immediateDestination: row.immediateDestination,
    immediateDestinationName: row.immediateDestinationName,
    immediateOrigin: row.immediateOrigin,
    immediateOriginName: row.immediateOriginName,
  }
}
