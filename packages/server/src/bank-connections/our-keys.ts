import type { BankConnection, OurKey } from '@fistworks/contract'
import { makeKeyPair } from '../banks/key-pair.ts'
import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { privateKeyCell } from './authentication.ts'
import { newSigningKey, signingKeyCell } from './encryption.ts'
import { presentBankConnection } from './present.ts'
import { mustFindInUse } from './service.ts'
import { bankConnectionWriter } from './store.ts'
import type { BankConnectionRow } from './table.ts'

/**
 * Makes the key that follows the one in use, so that the bank can be told its public half first. One that waited
 * already is replaced.
 * @throws ProblemError `state-conflict` when there is no key of ours to be followed
 */
export async function makeNextKey(ctx: WriteContext, id: string, { use }: OurKey): Promise<BankConnection> {
  const before = await mustFindInUse(ctx, id)
  refuseWithoutKey(before, use)
  const values: Partial<BankConnectionRow> = {}
  if (use === 'signIn') {
    const pair = makeKeyPair()
    values.nextPrivateKey = ctx.vault.seal(privateKeyCell('next_private_key', before.id), pair.private)
    values.nextPublicKey = pair.public
  } else {
    const { sealed, publicKey } = await newSigningKey(ctx, before, 'next_signing_key')
    values.nextSigningKey = sealed
    values.nextSigningPublicKey = publicKey
  }
  return changed(ctx, before, values, 'keyMade', use)
}

/**
 * From now on the key that waited is used; the one before it is gone.
 * @throws ProblemError `state-conflict` when none waits
 */
export async function useNextKey(ctx: WriteContext, id: string, { use }: OurKey): Promise<BankConnection> {
  const before = await mustFindInUse(ctx, id)
  return changed(ctx, before, use === 'signIn' ? nextPair(ctx, before) : nextSigningKey(ctx, before), 'keyUsed', use)
}

function nextPair(ctx: WriteContext, before: BankConnectionRow): Partial<BankConnectionRow> {
  if (before.nextPrivateKey === null) throw noneWaits()
  const opened = ctx.vault.open(privateKeyCell('next_private_key', before.id), before.nextPrivateKey)
  const privateKey = ctx.vault.seal(privateKeyCell('private_key', before.id), opened)
  opened.fill(0)
  return { privateKey, publicKey: before.nextPublicKey, nextPrivateKey: null, nextPublicKey: null }
}

function nextSigningKey(ctx: WriteContext, before: BankConnectionRow): Partial<BankConnectionRow> {
  if (before.nextSigningKey === null) throw noneWaits()
  const opened = ctx.vault.open(signingKeyCell('next_signing_key', before.id), before.nextSigningKey)
  const signingKey = ctx.vault.seal(signingKeyCell('signing_key', before.id), opened)
  opened.fill(0)
  const signingPublicKey = before.nextSigningPublicKey
  return { signingKey, signingPublicKey, nextSigningKey: null, nextSigningPublicKey: null }
}

function refuseWithoutKey(row: BankConnectionRow, use: OurKey['use']): void {
  if (use === 'signIn' && row.publicKey === null) {
    throw new ProblemError(
      'state-conflict',
      'This connection does not sign in with a key pair that was made here: choose that under “How the bank knows it is us” first.',
    )
  }
  if (use === 'sign' && row.signingKey === null) {
    throw new ProblemError('state-conflict', 'Files of this connection are not signed: turn that on first.')
  }
}

function noneWaits(): ProblemError {
  return new ProblemError('state-conflict', 'There is no next key: make one and tell the bank its public half first.')
}

async function changed(
  ctx: WriteContext,
  before: BankConnectionRow,
  values: Partial<BankConnectionRow>,
  verb: 'keyMade' | 'keyUsed',
  use: OurKey['use'],
): Promise<BankConnection> {
  await bankConnectionWriter(ctx.db, ctx.organizationId).change(before.id, values)
  const after = { ...before, ...values }
  const keysOf = (row: BankConnectionRow) =>
    use === 'signIn'
      ? { publicKey: row.publicKey, nextPublicKey: row.nextPublicKey }
      : {
          signsWith: row.signingPublicKey?.fingerprint ?? null,
          signsNextWith: row.nextSigningPublicKey?.fingerprint ?? null,
        }
  await ctx.audit({
    action: `bankConnection.${verb}`,
    targetType: 'bankConnection',
    targetId: before.id,
    data: { use, before: keysOf(before), after: keysOf(after) },
  })
  return presentBankConnection(after)
}
