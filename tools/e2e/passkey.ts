import type { Locator, Page } from 'playwright'

/** Gives the browser a device that makes passkeys: Chromium's virtual authenticator. */
export async function giveAuthenticator(page: Page): Promise<void> {
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
}

/** Goes on with what was begun: the portal asks for something to confirm with, and it is set up right there. */
export async function setUpPasskey(page: Page, done: Locator): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Add a passkey' }).click()
  await done.first().waitFor()
}

/** Goes on with what was begun: confirms when the portal asks for it, which it does once in five minutes. */
export async function confirmWithPasskey(page: Page, done: Locator): Promise<void> {
  const ask = page.getByRole('dialog').getByRole('button', { name: 'Use your passkey' })
  await ask.or(done).first().waitFor()
  if (await ask.isVisible()) await ask.click()
  await done.first().waitFor()
}
