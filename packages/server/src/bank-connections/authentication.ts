import type { BankAuthentication } from '@fistworks/contract'
import type { BankSettings } from '../banks/bank.ts'
import { makeKeyPair } from '../banks/key-pair.ts'
import type { OrganizationVault } from '../vault/vault.ts'
import type { BankConnectionRow } from './table.ts'

type SealedAuthentication = Pick<
  BankConnectionRow,
  'authenticationMethod' | 'password' | 'privateKey' | 'passphrase' | 'publicKey' | 'nextPrivateKey' | 'nextPublicKey'
>

/** Passwords are padded, so that a sealed one does not tell its length. */
const PASSWORD_BYTES = 128

function cell(column: 'password' | 'private_key' | 'passphrase', row: string) {
  return { table: 'bank_connections', column, row }
}

export function privateKeyCell(column: 'private_key' | 'next_private_key', row: string) {
  return { table: 'bank_connections', column, row }
}

/** How we prove who we are, as it is stored. */
export function sealAuthentication(
  vault: OrganizationVault,
  row: string,
  authentication: BankAuthentication,
): SealedAuthentication {
  const noPair = { publicKey: null, nextPrivateKey: null, nextPublicKey: null }
  const nothing = { password: null, privateKey: null, passphrase: null, ...noPair }
  if (authentication.method === 'password') {
    const password = sealPassword(vault, cell('password', row), authentication.password)
    return { ...nothing, authenticationMethod: 'password', password }
  }
  if (authentication.method === 'newKeyPair') {
    const pair = makeKeyPair()
    const privateKey = vault.seal(privateKeyCell('private_key', row), pair.private)
    return { ...nothing, authenticationMethod: 'privateKey', privateKey, publicKey: pair.public }
  }
  const { privateKey, passphrase } = authentication
  return {
    ...nothing,
    authenticationMethod: 'privateKey',
    privateKey: vault.seal(cell('private_key', row), privateKey),
    passphrase: passphrase === undefined ? null : sealPassword(vault, cell('passphrase', row), passphrase),
  }
}

/** A longer one than the padding is sealed as it is. */
function sealPassword(vault: OrganizationVault, at: ReturnType<typeof cell>, text: string): Uint8Array {
  const isShort = new TextEncoder().encode(text).length < PASSWORD_BYTES
  return vault.seal(at, text, isShort ? { padTo: PASSWORD_BYTES } : {})
}

/** Opens it for one connection. */
export function openAuthentication(vault: OrganizationVault, row: BankConnectionRow): BankSettings['authentication'] {
  if (row.password !== null) {
    return { method: 'password', password: vault.openText(cell('password', row.id), row.password) }
  }
  if (row.privateKey === null) throw new Error(`Bank connection ${row.id} has no authentication.`)
  const privateKey = vault.openText(cell('private_key', row.id), row.privateKey)
  if (row.passphrase === null) return { method: 'privateKey', privateKey }
  return { method: 'privateKey', privateKey, passphrase: vault.openText(cell('passphrase', row.id), row.passphrase) }
}
