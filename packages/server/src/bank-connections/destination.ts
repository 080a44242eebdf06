import { createHash } from 'node:crypto'

/** Where a bank connection leads, and how we know that it leads there. */
export interface Destination {
  host: string
  port: number
  username: string
  hostKeyFingerprints: readonly string[]
  uploadDirectory: string
}

/** The same for the same place, in whatever order its keys were written. */
export function destinationOf(connection: Destination): readonly unknown[] {
  const { host, port, username, hostKeyFingerprints, uploadDirectory } = connection
  return [host, port, username, [...hostKeyFingerprints].sort(), uploadDirectory]
}

/** SHA-256 in hex: what a delivery is bound to, so that no file follows a connection to where nobody approved it. */
export function destinationHash(connection: Destination): string {
  return createHash('sha256')
    .update(JSON.stringify(['destination1', destinationOf(connection)]))
    .digest('hex')
}
