import { BankConnectionCreate, BankConnectionUpdate } from '@fistworks/contract'
import { describe, expect, it } from 'vitest'
import { connectionInput } from './bank-connection-input.ts'

const FINGERPRINT = `SHA256:${'a'.repeat(43)}`
const texts = {
  name: 'First Coast Bank',
  host: 'sftp.bank.example',
  port: '2222',
  username: 'us',
  method: 'password',
  password: 'secret',
  uploadDirectory: '/in',
  acknowledgementDirectory: '',
  lineEnding: 'crlf',
  immediateDestination: '091000019',
  immediateDestinationName: '',
  immediateOrigin: '1234567890',
  immediateOriginName: '',
}

describe('connectionInput', () => {
  it('is what the API takes', () => {
    const input = connectionInput(texts, 'password', [FINGERPRINT], { isNew: true, isPairKept: false })
    expect(BankConnectionCreate.parse(input)).toMatchObject({
      port: 2222,
      acknowledgementDirectory: null,
      sweepsAtOnce: false,
      authentication: { method: 'password', password: 'secret' },
    })
  })

  it('leaves a saved secret alone when none is typed', () => {
    const input = connectionInput({ ...texts, password: '' }, 'password', [FINGERPRINT], {
      isNew: false,
      isPairKept: false,
    })
    expect(input).not.toHaveProperty('authentication')
    expect(BankConnectionUpdate.safeParse(input).success).toBe(true)
  })

  it('asks for the secret of a new connection', () => {
    const input = connectionInput({ ...texts, password: '' }, 'password', [FINGERPRINT], {
      isNew: true,
      isPairKept: false,
    })
    expect(BankConnectionCreate.safeParse(input).error?.issues[0]?.path).toEqual(['authentication', 'password'])
  })

  it('ends a private key with the line feed that its format wants', () => {
    const { authentication } = connectionInput({ ...texts, privateKey: 'KEY', passphrase: '' }, 'privateKey', [], {
      isNew: true,
      isPairKept: false,
    })
    expect(authentication).toEqual({ method: 'privateKey', privateKey: 'KEY\n' })
  })

  it('refuses a port that is none', () => {
    const input = connectionInput({ ...texts, port: '' }, 'password', [FINGERPRINT], { isNew: true, isPairKept: false })
    expect(BankConnectionCreate.safeParse(input).error?.issues[0]?.path).toEqual(['port'])
  })
})
