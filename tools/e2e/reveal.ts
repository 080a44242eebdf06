import type { Page } from 'playwright'
import type { Witness } from './witness.ts'

/** What an administrator saw of one recipient, after confirming with a passkey. */
export interface Revealed {
  routing: string
  account: string
  /** What the page showed after the numbers were hidden again. */
  afterwards: string
}

/** Adds a passkey with Chromium's virtual authenticator and looks at one recipient's full numbers. */
export async function revealNumbers(page: Page, witness: Witness, vendor: string): Promise<Revealed> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.getByRole('link', { name: 'Ada Quill' }).click()
  await page.getByText('You have no passkey yet').waitFor()
  await page.getByLabel('Name of a new passkey').fill('Work laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByRole('cell', { name: 'Work laptop', exact: true }).waitFor()
  await witness.look(page, 'the account with its passkey')
  await page.getByRole('link', { name: 'Recipients' }).click()
  await page.getByRole('link', { name: vendor }).click()
  await page.getByLabel('Purpose').fill('The bank asks which account entry 7 went to')
  await page.getByRole('button', { name: 'Show the full numbers' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Use your passkey' }).click()
  await page.getByText('They hide by themselves').waitFor()
  const [routing = '', account = ''] = await page.locator('dd.full').allInnerTexts()
  await page.getByRole('button', { name: 'Hide them' }).click()
  await page.getByLabel('Purpose').waitFor()
  await witness.look(page, 'the recipient after the numbers were hidden')
  return { routing, account, afterwards: await page.locator('body').innerText() }
}
