import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { confirmWithPasskey, giveAuthenticator, setUpPasskey } from './passkey.ts'
import type { Witness } from './witness.ts'
import type { World } from './world.ts'

/** The numbers that are typed, and must not be seen again anywhere but at the bank. */
export interface Numbers {
  own: { routing: string; account: string }
  person: { routing: string; account: string }
  company: { routing: string; account: string }
}

export interface Delivered {
  name: string
  bytes: Buffer
}

/** From a bank connection to the acknowledged file: what three people do in the portal and in the accounting product. */
export async function payTwoBills(world: World, witness: Witness, numbers: Numbers) {
  const ada = await connectBank(world, witness, numbers)
  const maya = await signInAs(world, witness, /Maya/)
  await setUpVendor(maya, witness, 'Marisol Vega', 'A person', numbers.person)
  await setUpVendor(maya, witness, 'Cedar & Stone Builders', 'A business', numbers.company)
  await composePayment(maya, witness)

  const ray = await signInAs(world, witness, /Ray/)
  await openPayment(ray)
  await ray.getByRole('button', { name: 'Approve' }).click()
  await confirmIfAsked(ray, /^Approve/)
  await witness.look(ray, 'the approved file')
  await ray.getByRole('button', { name: /^(Submit|Send)/ }).click()
  await confirmIfAsked(ray, /^(Submit|Send)/)
  await ray.getByText('The bank has the file.').first().waitFor()
  await witness.look(ray, 'the delivered file')

  const delivered = await onlyFileAt(world)
  await acknowledge(world, delivered)
  await ray.getByText('The bank has accepted the file.').first().waitFor({ timeout: 60_000 })
  await witness.look(ray, 'the acknowledged file')
  return { delivered, ada }
}

async function connectBank(world: World, witness: Witness, numbers: Numbers): Promise<Page> {
  const { bank } = world
  const page = await signInToPortal(world, witness)
  await giveAuthenticator(page)
  await page.getByRole('link', { name: 'Bank connections' }).click()
  await page.getByRole('link', { name: 'Connect a bank' }).click()
  await page.getByLabel('Bank', { exact: true }).fill('First OpenSSH')
  await page.getByLabel('Host', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Port', { exact: true }).fill(String(bank.port))
  await page.getByRole('button', { name: 'Get the host key from the bank' }).click()
  await page.getByText(bank.fingerprint).first().waitFor()
  await page.getByRole('button', { name: /same|matches|use this|compared|trust/i }).click()
  await witness.look(page, 'the bank connection form')
  await page.getByLabel('User name').fill(bank.username)
  await page.getByLabel('A private key').check()
  await page.getByLabel('Private key', { exact: true }).fill(bank.privateKey)
  await page.getByLabel('Upload folder').fill(join(bank.folder, 'inbox'))
  await page.getByLabel('Acknowledgement folder').fill(join(bank.folder, 'outbox'))
  await page.getByLabel('Immediate destination').fill('091000019')
  await page.getByLabel('Immediate origin').fill('091000019')
  await page.getByRole('button', { name: 'Save, then try it' }).click()
  const test = page.getByRole('button', { name: 'Test the connection' })
  await setUpPasskey(page, test)
  await test.click()
  await page
    .getByRole('status')
    .getByText(/passed|works|ready/i)
    .first()
    .waitFor()
  await witness.look(page, 'the tested bank connection')
  await page.getByRole('link', { name: 'Bank accounts' }).click()
  await page.getByRole('link', { name: 'Add a bank account' }).click()
  await page.getByLabel('Name', { exact: true }).fill('OpenSSH account')
  await page.getByLabel('Sent through').selectOption({ label: 'First OpenSSH' })
  await page.getByLabel('Routing number').fill(numbers.own.routing)
  await page.getByLabel('Account number').fill(numbers.own.account)
  await page.getByLabel('Company name').fill('BLUEBIRD BAKERY')
  await witness.look(page, 'the filled bank account form')
  await page.getByLabel('Company id').fill('1234567890')
  await page.getByRole('button', { name: 'Add the account' }).click()
  await confirmWithPasskey(page, page.getByRole('link', { name: 'OpenSSH account' }))
  await witness.look(page, 'the bank accounts')
  return page
}

export async function signInToPortal(
  world: Pick<World, 'serverUrl'>,
  witness: Witness,
  email = 'ada@bluebird.example',
): Promise<Page> {
  const page = await witness.person()
  await page.goto(world.serverUrl)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the mail').waitFor()
  const mailbox = await witness.person()
  await mailbox.goto(`${world.serverUrl}/dev/mailbox`)
  const code = /\b\d{8}\b/.exec(await mailbox.locator('main').innerText())?.[0] ?? ''
  await page.getByLabel('Code from the mail').fill(code)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  return page
}

async function signInAs(world: World, witness: Witness, name: RegExp): Promise<Page> {
  const page = await witness.person()
  await page.goto(world.exampleUrl)
  await page.getByRole('button', { name }).click()
  return page
}

const goTo = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()

async function setUpVendor(
  page: Page,
  witness: Witness,
  vendor: string,
  holder: string,
  to: Numbers['person'],
): Promise<void> {
  await goTo(page, 'Vendors')
  await page.getByRole('row', { name: vendor }).getByText('Set up payment details').click()
  await page.getByLabel('Name', { exact: true }).fill(vendor)
  await page.getByLabel(holder).check()
  await page.getByLabel('Routing number').fill(to.routing)
  await page.getByLabel('Account number', { exact: true }).fill(to.account)
  await page.getByLabel('Confirm account number').fill(to.account)
  await page.getByLabel('Name', { exact: true }).focus()
  await witness.look(page, `the filled form of ${vendor}`)
  await page.getByRole('button', { name: 'Add recipient' }).click()
  await page
    .getByText(`••••${to.account.slice(-4)}`)
    .first()
    .waitFor()
  await witness.look(page, `the payment details of ${vendor}`)
}

async function composePayment(page: Page, witness: Witness): Promise<void> {
  await goTo(page, 'Bills')
  await page
    .getByRole('row', { name: /CS-1107/ })
    .getByRole('checkbox')
    .check()
  await page
    .getByRole('row', { name: /MV-031/ })
    .getByRole('checkbox')
    .check()
  await page.getByRole('button', { name: 'Pay by ACH' }).click()
  for (const batch of ['Batch 1', 'Batch 2']) {
    const region = page.getByRole('region', { name: batch })
    await region.getByLabel('From account').selectOption({ label: 'OpenSSH account ••••7766' })
  }
  await witness.look(page, 'the composed payment')
  await page.getByRole('button', { name: 'Request approval' }).click()
  await confirmIfAsked(page, /^Request/)
  await page
    .getByText(/waiting for approval|pending approval/i)
    .first()
    .waitFor()
  await witness.look(page, 'the payment that waits for approval')
}

async function openPayment(page: Page): Promise<void> {
  await goTo(page, 'Payments')
  await page
    .getByText(/Bills of/)
    .first()
    .click()
  await page.getByRole('button', { name: 'Approve' }).waitFor()
}

/** Some steps ask once more in a dialog before they happen. */
async function confirmIfAsked(page: Page, name: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog')
  if (await dialog.isVisible()) await dialog.getByRole('button', { name }).click()
}

async function onlyFileAt(world: World): Promise<Delivered> {
  const inbox = join(world.bank.folder, 'inbox')
  const names = await readdir(inbox)
  if (names.length !== 1 || names[0] === undefined) throw new Error(`The bank holds ${names.length} files, not one.`)
  return { name: names[0], bytes: await readFile(join(inbox, names[0])) }
}

/** Plays the bank: says that it has accepted these very bytes. */
async function acknowledge(world: World, { name, bytes }: Delivered): Promise<void> {
  const sha256 = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex')
  await writeFile(join(world.bank.folder, 'outbox', `${name}.ack`), `ACCEPTED ${sha256}\n`)
}
