import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nextBankingDay } from '@fistworks/nacha'
import { FISTWorks } from '@fistworks/sdk'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signInToPortal } from './journey.ts'
import { giveAuthenticator, setUpPasskey } from './passkey.ts'
import { startWitness, type Witness } from './witness.ts'
import { startWorld, type World } from './world.ts'

let world: World
let witness: Witness
let fist: FISTWorks

beforeAll(async () => {
  world = await startWorld()
  witness = await startWitness()
  const example = JSON.parse(await readFile(join(world.folder, 'server', 'example.json'), 'utf8'))
  fist = new FISTWorks({ baseUrl: world.serverUrl, apiKey: example.apiKey, organization: example.organizationId })
})
afterAll(async () => {
  await witness.close()
  await world.stop()
})

async function moveClock(to: { by: string } | { to: string }): Promise<string> {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${world.serverUrl}/dev/clock.json`, { method: 'POST', headers, body: JSON.stringify(to) })
  const { date }: { date: string } = await answer.json()
  return date
}

/** Collects from an account without money and pays one whose number is wrong, by the account and the amount of the sandbox bank. */
async function draft(effectiveDate: string): Promise<string> {
  const party = { holderType: 'individual', routingNumber: '231380104', accountType: 'checking' } as const
  const poor = await fist.recipients.create({ ...party, name: 'Rosa Poor', accountNumber: '11111101' })
  const moved = await fist.recipients.create({ ...party, name: 'Milo Moved', accountNumber: '88001234' })
  const [account] = (await fist.bankAccounts.list()).data
  if (account === undefined) throw new Error('The sample company has no account.')
  const batch = { bankAccountId: account.id, secCode: 'PPD', effectiveDate } as const
  const file = await fist.achFiles.create({
    name: 'Dues and refunds',
    batches: [
      {
        ...batch,
        companyEntryDescription: 'DUES',
        entries: [{ recipientId: poor.id, amountCents: 4_200, direction: 'debit' }],
      },
      { ...batch, companyEntryDescription: 'REFUND', entries: [{ recipientId: moved.id, amountCents: 222_201 }] },
    ],
  })
  await fist.achFiles.requestApproval(file.id, { version: file.version })
  return file.id
}

async function approveAndSubmit(page: Page, fileId: string): Promise<void> {
  await giveAuthenticator(page)
  await page.goto(`${world.serverUrl}/payments/${fileId}`)
  await page.getByRole('button', { name: 'Approve' }).click()
  await pressInDialog(page, /^Approve/)
  await setUpPasskey(page, page.getByRole('button', { name: /^(Submit|Send)/ }))
  await page.getByRole('button', { name: /^(Submit|Send)/ }).click()
  await pressInDialog(page, /^(Submit|Send)/)
  await page.getByText('The bank has accepted the file.').first().waitFor({ timeout: 60_000 })
}

async function pressInDialog(page: Page, name: RegExp): Promise<void> {
  const button = page.getByRole('dialog').getByRole('button', { name })
  if (await button.isVisible()) await button.click()
}

test('a payment comes back in the portal and is sent again; a change the bank tells is applied', async () => {
  try {
    const today = await moveClock({ by: 'bankingDay' })
    const effective = nextBankingDay(today)
    const fileId = await draft(effective)
    const grace = await signInToPortal(world, witness, 'grace@bluebird.example')
    await approveAndSubmit(grace, fileId)

    await moveClock({ to: nextBankingDay(effective) })
    await expect.poll(async () => (await fist.returns.list()).data.length, { timeout: 60_000 }).toBe(1)
    const ada = await signInToPortal(world, witness)
    await giveAuthenticator(ada)
    await ada.goto(`${world.serverUrl}/payments/${fileId}`)
    await ada.getByText('Returned R01').waitFor()
    await ada.getByRole('region', { name: 'What the bank said' }).getByRole('link', { name: 'Rosa Poor' }).click()
    await ada.getByRole('button', { name: 'Send it again' }).click()
    await ada.waitForURL(/\/payments\/ach_/)
    const again = await fist.achFiles.retrieve(new URL(ada.url()).pathname.slice('/payments/'.length))
    expect(again.totals.debitCents).toBe(4_200)
    expect(again.batches.map((batch) => batch.companyEntryDescription)).toEqual(['RETRY PYMT'])

    await ada.getByRole('link', { name: 'Returns', exact: true }).click()
    await ada.getByRole('link', { name: 'Corrections' }).click()
    await ada.getByRole('button', { name: 'Apply it' }).click()
    await ada.getByRole('dialog').getByRole('button', { name: 'Change the recipient' }).click()
    await setUpPasskey(ada, ada.getByText('Milo Moved was changed as the bank says.'))
    const [milo] = (await fist.recipients.list({ search: 'Milo' })).data
    expect(milo?.accountNumberLast4).toBe('0123')
  } catch (error) {
    throw new Error(`The walk ended early.\n${await witness.describe()}\n${world.printed.join('\n')}`, { cause: error })
  }
})
