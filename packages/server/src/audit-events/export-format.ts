export const EXPORT_VERSION = 1

/** What is signed at the end of an export: whose, how many events, and the hash of all bytes before the last line. */
export function endText(end: { organizationId: string; events: number; sha256: string }): string {
  return `FISTWorks audit export ${EXPORT_VERSION}\n${end.organizationId}\n${end.events}\n${end.sha256}\n`
}
