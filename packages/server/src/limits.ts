/** Every limit of the server in one place. */
export const LIMITS = {
  bodyBytes: 4 * 1024 * 1024,
  idempotencyKeyCharacters: 255,
  requestSeconds: 30,
  recipientsPerOrganization: 1_000_000,
  openDraftsPerOrganization: 1_000,
  filesPerDay: 36,
  bankConnectionsPerOrganization: 50,
  bankAccountsPerOrganization: 200,
  signInCodeMinutes: 10,
  signInTries: 5,
  portalIdleMinutes: 30,
  portalHours: 12,
  requestsPerMinute: { read: 1200, write: 600, outside: 20, signIn: 10 },
} as const
