import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CDPSession, ConsoleMessage, Page } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { signInToPortal } from '../journey.ts'
import { startWitness, type Witness } from '../witness.ts'
import { startWorld, type World } from '../world.ts'
import { startHostPage } from './host-page.ts'

let world: World
let witness: Witness
let credentials: { apiKey: string; organizationId: string }
/** Ada at the portal, with a passkey. */
let portal: Page
let passkeys: { devtools: CDPSession; authenticatorId: string }

beforeAll(async () => {
  world = await startWorld()
  witness = await startWitness()
  credentials = JSON.parse(await readFile(join(world.folder, 'server', 'example.json'), 'utf8'))
  portal = await signInToPortal(world, witness)
  passkeys = await authenticatorOf(portal)
  await portal.getByRole('link', { name: 'Ada Quill' }).click()
  await portal.getByLabel('Name of a new passkey').fill('Work laptop')
  await portal.getByRole('button', { name: 'Add a passkey' }).click()
  await portal.getByRole('cell', { name: 'Work laptop', exact: true }).waitFor()
})
afterAll(async () => {
  await witness?.close()
  await world?.stop()
})

async function authenticatorOf(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options })
  return { devtools, authenticatorId }
}

/** Chromium's authenticators belong to one window: the same passkeys in another. */
async function samePasskeys(page: Page): Promise<void> {
  const { authenticatorId, devtools } = await authenticatorOf(page)
  const from = passkeys.authenticatorId
  const { credentials: all } = await passkeys.devtools.send('WebAuthn.getCredentials', { authenticatorId: from })
  for (const credential of all) await devtools.send('WebAuthn.addCredential', { authenticatorId, credential })
}

async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${world.serverUrl}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${credentials.apiKey}`,
      'FISTWorks-Organization': credentials.organizationId,
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

const PAYEE = { holderType: 'business', accountType: 'checking', routingNumber: '091000019' }

/** A payment file that waits for approval, written by the product's back end. */
async function fileToApprove(): Promise<string> {
  const recipient = await api<{ id: string }>('POST', '/v1/recipients', {
    ...PAYEE,
    name: `Payee ${crypto.randomUUID().slice(0, 8)}`,
    accountNumber: String(Date.now()),
  })
  const accounts = await api<{ data: { id: string }[] }>('GET', '/v1/bank-accounts')
  const batch = {
    bankAccountId: accounts.data[0]?.id,
    secCode: 'CCD',
    companyEntryDescription: 'VENDOR PMT',
    effectiveDate: nextWeekday(),
    entries: [{ recipientId: recipient.id, amountCents: 4200, direction: 'credit' }],
  }
  const file = await api<{ id: string; version: number }>('POST', '/v1/ach-files', { name: 'Bills', batches: [batch] })
  await api('POST', `/v1/ach-files/${file.id}/request-approval`, { version: file.version })
  return file.id
}

function nextWeekday(): string {
  const day = new Date(Date.now() + 3 * 86_400_000)
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}

async function books(markup: string, components: object) {
  const host = await startHostPage(world.serverUrl, markup)
  host.give = async () => ({
    status: 200,
    body: await api('POST', '/v1/embed-sessions', {
      endUser: { externalId: 'maya', name: 'Maya Lindqvist' },
      components,
      isolation: 'frame',
      allowedOrigins: [host.origin],
    }),
  })
  onTestFinished(() => host.close())
  const page = await portal.context().newPage()
  page.setDefaultTimeout(20_000)
  onTestFinished(() => page.close())
  await page.goto(host.origin)
  return { host, page, frame: page.frameLocator('fist-frame >> iframe') }
}

test('a person confirms in a window of the portal and approves in the frame, in their own name', async () => {
  const id = await fileToApprove()
  const { page, frame } = await books(`<fist-frame component="ach-file" file-id="${id}" base-url="API"></fist-frame>`, {
    achFiles: { risable: ['approve', 'submit'] },
  })
  await frame.getByText('confirm with your own sign-in').waitFor()
  await frame.getByRole('heading', { name: 'Bills' }).waitFor()
  expect(await frame.getByRole('button', { name: 'Approve' }).count()).toBe(0)

  const opened = page.waitForEvent('popup')
  await frame.getByRole('button', { name: 'Confirm that it is you' }).click()
  const confirm = await opened
  await samePasskeys(confirm)
  await confirm.getByText('where Maya Lindqvist is signed in').waitFor()
  expect(await confirm.getByRole('listitem').allInnerTexts()).toEqual([
    'Approve and reject payments',
    'Send payments to the bank',
  ])
  const closed = confirm.waitForEvent('close')
  await confirm.getByRole('button', { name: 'Confirm', exact: true }).click()
  await confirm.getByRole('button', { name: 'Use your passkey' }).click()
  await closed

  await frame.getByText(/You act as Ada Quill until/).waitFor()
  await frame.getByRole('button', { name: 'Approve' }).click()
  const dialog = frame.getByRole('dialog')
  if (await dialog.isVisible()) await dialog.getByRole('button', { name: /^Approve/ }).click()
  await frame.getByText('Approved').first().waitFor()
  type Event = { action: string; actor: { type: string; name: string }; via: { type: string } }
  const { data } = await api<{ data: Event[] }>('GET', '/v1/audit-events?limit=20')
  expect(data.find(({ action }) => action === 'achFile.approved')).toMatchObject({
    actor: { type: 'user', name: 'Ada Quill' },
    via: { type: 'embedSession' },
  })
  // The page around it heard no secret: what it has of the session does nothing more.
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.join('\n'))
  expect(seen).not.toMatch(/secret/i)

  await frame.getByRole('button', { name: 'Stop' }).click()
  await frame.getByText('confirm with your own sign-in').waitFor()
  await expect.poll(() => frame.getByRole('button', { name: /^(Submit|Send)/ }).count()).toBe(0)
})

test('full numbers are shown in the frame alone, for a purpose, until they are hidden', async () => {
  const account = String(Date.now())
  await api('POST', '/v1/recipients', { ...PAYEE, name: 'Kim Park', accountNumber: account })
  const { page, frame } = await books('<fist-frame component="recipients" base-url="API"></fist-frame>', {
    recipients: { risable: ['reveal'] },
  })
  await frame.getByText('Kim Park').first().waitFor()
  expect(await frame.getByRole('link', { name: 'Kim Park' }).count()).toBe(0)
  const opened = page.waitForEvent('popup')
  await frame.getByRole('button', { name: 'Confirm that it is you' }).click()
  const confirm = await opened
  await samePasskeys(confirm)
  const closed = confirm.waitForEvent('close')
  await confirm.getByRole('button', { name: 'Confirm', exact: true }).click()
  // Asked for unless an earlier proof is fresh.
  const proof = confirm.getByRole('button', { name: 'Use your passkey' })
  await Promise.race([closed, proof.click().catch(() => closed)])
  await closed
  await frame.getByRole('link', { name: 'Kim Park' }).click()
  await frame.getByLabel('Purpose').fill('The bank asks about entry 7')
  await frame.getByRole('button', { name: 'Show the full numbers' }).click()
  await frame.getByText(account).waitFor()
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.join('\n'))
  expect(seen).not.toContain(account)
  await frame.getByRole('button', { name: 'Hide them' }).click()
  await expect.poll(() => frame.getByText(account).count()).toBe(0)
})

test('a window that the page itself opened lends it nothing, whatever the page says to it', async () => {
  const { page } = await books('<p>no frame</p>', { recipients: {} })
  const opened = page.waitForEvent('popup')
  await page.evaluate((url) => {
    const forged = {
      fistworks: 1,
      type: 'raise',
      embedSessionId: 'ems_01m7yrd1hcechv6nb2ne0f5e99',
      secretHash: 'a'.repeat(64),
      organization: { id: 'org_1', name: 'Bluebird Bakery' },
      platform: 'Tidewater',
      endUser: 'Maya',
      scopes: ['ach-files:approve'],
    }
    const confirm = open(`${url}/confirm`) as Window
    setInterval(() => confirm.postMessage(forged, '*'), 50)
  }, world.serverUrl)
  const confirm = await opened
  await confirm.getByText('Close this window, and choose').waitFor()
  expect(await confirm.getByRole('button', { name: 'Confirm', exact: true }).count()).toBe(0)
  const heard = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.join('\n'))
  expect(heard).not.toContain('raise-hello')
})

/** The platform of the example has nobody who looks after it in the portal, so its look is written where it is kept. */
function paint(displayName: string | null, accentColor: string | null): void {
  const control = new DatabaseSync(join(world.folder, 'server', 'control.db'), { timeout: 5000 })
  control.prepare('UPDATE platforms SET display_name = ?, accent_color = ?').run(displayName, accentColor)
  control.close()
}

test('the frame has the color of the platform, and the window its display name in it, under their strict policies', async () => {
  const purple = 'rgb(122, 31, 162)'
  paint('Tidewater Pay', '#7a1fa2')
  onTestFinished(() => paint(null, null))
  const refused: string[] = []
  const note = (message: ConsoleMessage) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text())
  }
  const context = portal.context().on('console', note)
  onTestFinished(() => void context.off('console', note))
  const { page, frame } = await books('<fist-frame component="recipients" base-url="API"></fist-frame>', {
    recipients: { features: ['write'], risable: ['reveal'] },
  })
  const button = frame.getByRole('button', { name: 'Add recipient' }).first()
  await button.waitFor()
  expect(await button.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(purple)
  const opened = page.waitForEvent('popup')
  await frame.getByRole('button', { name: 'Confirm that it is you' }).click()
  const confirm = await opened
  const named = confirm.getByText('Tidewater Pay', { exact: true }).first()
  await named.waitFor()
  expect(await named.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(purple)
  await confirm.close()
  expect(refused).toEqual([])
})
