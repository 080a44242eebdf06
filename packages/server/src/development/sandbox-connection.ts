import type { BankConnectionCreate } from '@fistworks/contract'
import type { SandboxLogin } from '../sandbox/sandbox-bank.ts'

const ORIGIN_NAME_MAX = 23

/** By when the sandbox bank wants files, much as banks in the United States do: three times for the same day, one for the next. */
const CUTOFFS: NonNullable<BankConnectionCreate['cutoffs']> = {
  timeZone: 'America/New_York',
  times: [
    { by: '10:00', leadDays: 0, name: 'Same day, first' },
    { by: '14:15', leadDays: 0, name: 'Same day, second' },
    { by: '16:15', leadDays: 0, name: 'Same day, last' },
    { by: '20:00', leadDays: 1, name: 'Next day' },
  ],
}

/** The bank connection of an organization to the sandbox bank, ready to be created. */
export function sandboxConnection(login: SandboxLogin, organizationName: string): BankConnectionCreate {
  const { host, port, username, password, hostKeyFingerprint, ...directories } = login
  return {
    name: 'Sandbox bank',
    host,
    port,
    username,
    authentication: { method: 'password', password },
    hostKeyFingerprints: [hostKeyFingerprint],
    uploadDirectory: directories.uploadDirectory,
    acknowledgementDirectory: directories.acknowledgementDirectory,
    returnDirectory: directories.returnDirectory,
    returnPollMinutes: 5,
    afterProcessing: 'move',
    processedDirectory: directories.processedDirectory,
    cutoffs: CUTOFFS,
    sweepsAtOnce: false,
    lineEnding: 'lf',
    immediateDestination: '091000019',
    immediateDestinationName: 'SANDBOX BANK',
    immediateOrigin: '1234567890',
    immediateOriginName: achName(organizationName),
  }
}

/** In letters that every bank reads. */
function achName(name: string): string {
  const plain = name
    .normalize('NFD')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9 &.-]/g, '')
  return plain.trim().slice(0, ORIGIN_NAME_MAX).trim() || 'SANDBOX CUSTOMER'
}
