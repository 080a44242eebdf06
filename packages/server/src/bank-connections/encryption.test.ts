import { createHash } from 'node:crypto'
import { BankConnectionCreate, BankConnectionUpdate } from '@fistworks/contract'
import { decrypt, generateKey, readKey, readMessage, readPrivateKey, revokeKey } from 'openpgp'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { fileForBank, generatedFile } from '../ach-files/delivery.ts'
import { submitAchFile } from '../ach-files/submit.ts'
import { submissionStore } from '../submissions/store.ts'
import { acknowledging } from '../testing/acknowledging.ts'
import { ANNA, BEN, createTestTenants, MONDAY, type TestOrganization, type TestTenants } from '../testing/context.ts'
import { addApproved, addBankAccount, addRecipient, batchOf } from '../testing/payments.ts'
import { makeNextKey, useNextKey } from './our-keys.ts'
import { createBankConnection, retrieveBankConnection, updateBankConnection } from './service.ts'

let tenants: TestTenants
let ours: TestOrganization
beforeEach(async () => {
  tenants = await createTestTenants()
  tenants.clock.now = MONDAY
  ours = await tenants.organization()
  return () => tenants.close()
})

const date = new Date(MONDAY.getTime() - 86_400_000 * 30)
const bankKey = (name: string, over: object = {}) =>
  generateKey({ type: 'ecc', curve: 'ed25519Legacy', userIDs: [{ name, email: 'sftp@bank.example' }], date, ...over })
let bank: Awaited<ReturnType<typeof bankKey>>
let other: Awaited<ReturnType<typeof bankKey>>
beforeAll(async () => {
  bank = await bankKey('First Bank')
  other = await bankKey('First Bank, new')
})

const create = (over: object = {}) => {
  const input = z.parse(BankConnectionCreate, {
    name: 'First Bank',
    host: 'sftp.bank.example',
    username: 'payer',
    authentication: { method: 'password', password: 'secret' },
    hostKeyFingerprints: [`SHA256:${'A'.repeat(43)}`],
    uploadDirectory: '/in',
    immediateDestination: '091000019',
    immediateOrigin: '1234567890',
    immediateOriginName: 'PAYER INC',
    ...over,
  })
  return ours.write(ANNA, (ctx) => createBankConnection(ctx, input))
}
const change = (id: string, update: object) =>
  ours.write(ANNA, (ctx) => updateBankConnection(ctx, id, z.parse(BankConnectionUpdate, update)))

async function approved(connectionId: Parameters<typeof addBankAccount>[1], entryCount = 1) {
  const account = await addBankAccount(ours, connectionId)
  const recipient = await addRecipient(ours)
  const entries = Array.from({ length: entryCount }, (_, index) => ({
    recipientId: recipient.id,
    amountCents: 1 + index,
  }))
  return addApproved(ours, [batchOf(account.id, recipient.id, { entries })])
}
const submit = (file: { id: string; version: number }) =>
  ours.write(BEN, (ctx) =>
    acknowledging((acknowledgedDuplicates) => submitAchFile(ctx, file.id, { ...file, acknowledgedDuplicates })),
  )

/** As the bank does it. */
async function openAtBank(sent: Uint8Array, format: 'binary' | 'armored', privateKey: string, ourPublicKey?: string) {
  const message =
    format === 'binary'
      ? await readMessage({ binaryMessage: sent })
      : await readMessage({ armoredMessage: new TextDecoder().decode(sent) })
  const opened = await decrypt({
    message,
    decryptionKeys: await readPrivateKey({ armoredKey: privateKey }),
    ...(ourPublicKey ? { verificationKeys: await readKey({ armoredKey: ourPublicKey }), expectSigned: true } : {}),
    format: 'binary',
    date: MONDAY,
  })
  await Promise.all(opened.signatures.map(({ verified }) => verified))
  return { bytes: Buffer.from(opened.data), signatures: opened.signatures.length }
}

describe('an encrypted file', () => {
  test.each([
    ['binary', 1],
    ['armored', 1],
    // Large enough for a thread of its own.
    ['binary', 2_700],
  ] as const)(
    '%s, of %i entries: the bank opens exactly what was generated, signed by us',
    async (format, entryCount) => {
      const connection = await create({ encryption: { format, publicKeys: [bank.publicKey], sign: true } })
      const file = await submit(await approved(connection.id, entryCount))
      const { generated, submissionId } = file
      const clear = await ours.read((ctx) => generatedFile(ctx.db, ctx.vault, ours.id, file.id))
      const sent = await ours.read((ctx) => fileForBank(ctx.db, ctx.vault, ours.id, file.id))
      const opened = await openAtBank(sent, format, bank.privateKey, connection.encryption?.signature?.publicKey)
      expect(opened.bytes.equals(clear)).toBe(true)
      expect(opened.signatures).toBe(1)
      const ofSent = { sizeBytes: sent.length, sha256: sha256(sent) }
      const encryptedTo = connection.encryption?.publicKeys.map(({ fingerprint }) => fingerprint)
      const signedBy = connection.encryption?.signature?.fingerprint
      expect(generated).toMatchObject({
        sha256: sha256(clear),
        encrypted: { format, ...ofSent, encryptedTo, signedBy },
      })
      expect(await submissionStore(ours.storage.read, ours.id).find(submissionId ?? '')).toMatchObject({
        ...ofSent,
        contentSha256: sha256(clear),
      })
      expect(generated?.fileName).toMatch(new RegExp(`_${ofSent.sha256.slice(0, 8)}\\.ach\\.pgp$`))
    },
  )

  test('is made once: every try sends the same bytes, whatever became of the keys since', async () => {
    const connection = await create({ encryption: { publicKeys: [bank.publicKey] } })
    const file = await submit(await approved(connection.id))
    const sent = await ours.read((ctx) => fileForBank(ctx.db, ctx.vault, ours.id, file.id))
    await change(connection.id, { encryption: { publicKeys: [other.publicKey] } })
    const again = await ours.read((ctx) => fileForBank(ctx.db, ctx.vault, ours.id, file.id))
    expect(Buffer.from(again).equals(sent)).toBe(true)
    await expect(openAtBank(sent, 'binary', other.privateKey)).rejects.toThrow()
  })

  test('that was approved for one key does not go out under another', async () => {
    const connection = await create({ encryption: { publicKeys: [bank.publicKey] } })
    const waiting = await approved(connection.id)
    await change(connection.id, { encryption: { publicKeys: [bank.publicKey, other.publicKey] } })
    const now = { ...waiting, version: waiting.version + 1 }
    await expect(submit(now)).rejects.toMatchObject({ code: 'state-conflict' })
    expect(ours.events.at(-1)?.data).toMatchObject({ reopenedFiles: [waiting.id] })
  })

  test('both keys open it while the bank changes its own', async () => {
    const connection = await create({ encryption: { publicKeys: [bank.publicKey, other.publicKey] } })
    const file = await submit(await approved(connection.id))
    const sent = await ours.read((ctx) => fileForBank(ctx.db, ctx.vault, ours.id, file.id))
    const clear = await ours.read((ctx) => generatedFile(ctx.db, ctx.vault, ours.id, file.id))
    for (const { privateKey } of [bank, other]) {
      expect((await openAtBank(sent, 'binary', privateKey)).bytes.equals(clear)).toBe(true)
    }
  })

  test('is not made for a key that expired after it was saved', async () => {
    const ending = await bankKey('Short Bank', { keyExpirationTime: 86_400 * 31 })
    const connection = await create({ encryption: { publicKeys: [ending.publicKey] } })
    expect(connection.encryption?.publicKeys[0]?.expiresAt).toBe(
      new Date(date.getTime() + 86_400_000 * 31).toISOString(),
    )
    const waiting = await approved(connection.id)
    tenants.clock.now = new Date(MONDAY.getTime() + 86_400_000)
    await expect(submit(waiting)).rejects.toMatchObject({
      code: 'state-conflict',
      message: expect.stringContaining('expired'),
    })
  })
})

describe('a key of the bank is shown by fingerprint, owner and end, or refused where it stands', () => {
  test('shown', async () => {
    const { encryption } = await create({ encryption: { publicKeys: [bank.publicKey] } })
    const key = await readKey({ armoredKey: bank.publicKey })
    expect(encryption).toMatchObject({
      format: 'binary',
      publicKeys: [
        { fingerprint: key.getFingerprint().toUpperCase(), userId: 'First Bank <sftp@bank.example>', expiresAt: null },
      ],
      signature: null,
    })
  })

  test.each<[string, () => Promise<string>, string]>([
    ['no key', async () => 'hello', 'armored form'],
    ['a private key', async () => bank.privateKey, 'private key'],
    ['one that expired', async () => (await bankKey('Old', { keyExpirationTime: 86_400 })).publicKey, 'expired'],
    [
      'one that only signs',
      async () => (await bankKey('Sign', { subkeys: [] })).publicKey,
      'cannot be used to encrypt',
    ],
    [
      'one that was revoked',
      async () => {
        const key = await readPrivateKey({ armoredKey: bank.privateKey })
        return (await revokeKey({ key, date })).publicKey
      },
      'revoked',
    ],
    [
      'RSA of 1,024 bits',
      async () =>
        (await bankKey('Weak', { type: 'rsa', curve: undefined, rsaBits: 1024, config: { minRSABits: 1024 } }))
          .publicKey,
      'too weak',
    ],
  ])('refused: %s', async (_name, key, because) => {
    const made = create({ encryption: { publicKeys: [await key()] } })
    await expect(made).rejects.toMatchObject({
      code: 'validation-failed',
      errors: [{ pointer: '/encryption/publicKeys/0', message: expect.stringContaining(because) }],
    })
  })

  test('refused: twice the same', async () => {
    const made = create({ encryption: { publicKeys: [bank.publicKey, `${bank.publicKey}\n`] } })
    await expect(made).rejects.toMatchObject({ errors: [{ pointer: '/encryption/publicKeys/1' }] })
  })
})

describe('our signing key', () => {
  test('stays over changes of the rest, is followed by one the bank was told of, and is gone when nobody signs', async () => {
    const { id, encryption } = await create({ encryption: { publicKeys: [bank.publicKey], sign: true } })
    const first = encryption?.signature?.fingerprint
    const same = await change(id, { encryption: { publicKeys: [other.publicKey], sign: true } })
    expect(same.encryption?.signature?.fingerprint).toBe(first)
    const waiting = await ours.write(ANNA, (ctx) => makeNextKey(ctx, id, { use: 'sign' }))
    const next = waiting.encryption?.signature?.next
    expect(waiting.encryption?.signature?.fingerprint).toBe(first)
    expect(next?.fingerprint).not.toBe(first)
    const used = await ours.write(ANNA, (ctx) => useNextKey(ctx, id, { use: 'sign' }))
    expect(used.encryption?.signature).toEqual({ ...next, next: null })
    const file = await submit(await approved(id))
    const sent = await ours.read((ctx) => fileForBank(ctx.db, ctx.vault, ours.id, file.id))
    expect((await openAtBank(sent, 'binary', other.privateKey, next?.publicKey)).signatures).toBe(1)
    const none = await change(id, { encryption: { publicKeys: [bank.publicKey] } })
    expect(none.encryption?.signature).toBeNull()
    await expect(ours.write(ANNA, (ctx) => makeNextKey(ctx, id, { use: 'sign' }))).rejects.toMatchObject({
      code: 'state-conflict',
    })
  })

  test('and its private half is in no answer and no event', async () => {
    const { id } = await create({ encryption: { publicKeys: [bank.publicKey], sign: true } })
    await ours.write(ANNA, (ctx) => makeNextKey(ctx, id, { use: 'sign' }))
    const shown = [await ours.read((ctx) => retrieveBankConnection(ctx, id)), ours.events]
    expect(JSON.stringify(shown)).not.toContain('PRIVATE KEY')
  })
})

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
