import type { Locator, Page } from 'playwright'
import type { Witness } from './witness.ts'

/** Adds a passkey on the account page, with Chromium's virtual authenticator. */
export async function addPasskey(page: Page, witness: Witness): Promise<void> {
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
}

/** Goes on with what was begun: confirms when the portal asks for it, which it does once in five minutes. */
export async function confirmWithPasskey(page: Page, done: Locator): Promise<void> {
  const ask = page.getByRole('dialog').getByRole('button', { name: 'Use your passkey' })
  await ask.or(done).first().waitFor()
  if (await ask.isVisible()) await ask.click()
  await done.first().waitFor()
}
