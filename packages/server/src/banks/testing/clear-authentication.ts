import type { BankAuthentication } from '@fistworks/contract'
import type { BankSettings } from '../bank.ts'

/** As a person would type it. */
export function clearAuthentication(given: BankSettings['authentication']): BankAuthentication {
  if (given.method === 'password') return { method: 'password', password: given.password.reveal() }
  const privateKey = given.privateKey.reveal()
  if (given.passphrase === undefined) return { method: 'privateKey', privateKey }
  return { method: 'privateKey', privateKey, passphrase: given.passphrase.reveal() }
}
