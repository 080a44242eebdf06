import { userMail } from '../mail/mail-job.ts'

/** Tells a person that another account signs them in from now on. */
export const CONNECTED_MAIL = userMail<{ provider: string; label: string }>(
  'identityConnected',
  ({ provider, label }) => ({
    subject: 'An account was connected',
    text: `The ${provider} account “${label}” can now sign you in. If that was not you, tell your administrator at once.`,
  }),
)
