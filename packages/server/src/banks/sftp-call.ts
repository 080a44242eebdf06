import type { Client } from 'ssh2'
import { BankFault, type BankFaultCode } from './bank-fault.ts'

export const STATUS = {
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  noConnection: 6,
  connectionLost: 7,
}
/** Words of later protocol versions that some servers use anyway. */
const STATUS_FAULTS: Record<number, BankFaultCode> = {
  [STATUS.noSuchFile]: 'fileMissing',
  [STATUS.permissionDenied]: 'noPermission',
  [STATUS.noConnection]: 'connectionLost',
  [STATUS.connectionLost]: 'connectionLost',
  10: 'directoryMissing',
  11: 'nameExists',
  12: 'noPermission',
  14: 'diskFull',
  15: 'diskFull',
}

export type SftpError = Error & { code?: unknown }
type Answer<T> = (error: SftpError | undefined | null, value: T) => void

function faultOf(error: SftpError): BankFault {
  if (typeof error.code !== 'number') return new BankFault('connectionLost')
  return new BankFault(STATUS_FAULTS[error.code] ?? 'refused', `SFTP status ${error.code}`)
}

export type Call = <T>(ask: (answer: Answer<T>) => void) => Promise<T>

/** Makes a question fail when the connection ends or the answer takes too long; then the connection is given up. */
export function caller(ssh: Client, operationMs: number): { call: Call; isLost(): boolean } {
  const waiting = new Set<(fault: BankFault) => void>()
  let lost: BankFault | null = null
  const lose = (fault: BankFault) => {
    lost ??= fault
    for (const reject of waiting) reject(lost)
    waiting.clear()
  }
  ssh.on('error', (error) => lose(new BankFault(error.level === 'client-timeout' ? 'timedOut' : 'connectionLost')))
  ssh.on('close', () => lose(new BankFault('connectionLost')))
  ssh.on('end', () => lose(new BankFault('connectionLost')))
  const call = <T>(ask: (answer: Answer<T>) => void) =>
    new Promise<T>((resolve, reject) => {
      if (lost !== null) return reject(lost)
      const timer = setTimeout(() => {
        lose(new BankFault('timedOut'))
        ssh.destroy()
      }, operationMs)
      const fail = (fault: BankFault) => {
        clearTimeout(timer)
        waiting.delete(fail)
        reject(fault)
      }
      waiting.add(fail)
      ask((error, value) => {
        if (error) return fail(faultOf(error))
        clearTimeout(timer)
        waiting.delete(fail)
        resolve(value)
      })
    })
  return { call, isLost: () => lost !== null }
}
