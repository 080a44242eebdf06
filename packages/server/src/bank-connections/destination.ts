import { createHash } from 'node:crypto'

import type { StoredEncryption } from './table.ts'

/** Where a bank connection leads, and how we know that it leads there. */
export interface Destination {
  host: string
  port: number
  username: string
  hostKeyFingerprints: readonly string[]
  uploadDirectory: string
  encryption: StoredEncryption | null
}

/** The same for the same place and the same readers, in whatever order their keys were written. */
export function destinationOf(connection: Destination): readonly unknown[] {
  const { host, port, username, hostKeyFingerprints, uploadDirectory, encryption } = connection
  const place = [host, port, username, [...hostKeyFingerprints].sort(), uploadDirectory]
  if (encryption === null) return place
  return [...place, encryption.format, encryption.publicKeys.map(({ fingerprint }) => fingerprint).sort()]
}

/** The server alone: other logins at it, and other keys that it has since, make no other one of it. */
export const serverOf = ({ host, port }: Pick<Destination, 'host' | 'port'>): string => `${host.toLowerCase()}:${port}`

/** SHA-256 in hex: what a delivery is bound to, so that no file follows a connection to where nobody approved it. */
export function destinationHash(connection: Destination): string {
  return createHash('sha256')
    .update(JSON.stringify(['destination1', destinationOf(connection)]))
    .digest('hex')
}
