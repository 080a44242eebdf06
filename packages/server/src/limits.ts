/** Every limit of the server in one place. */
export const LIMITS = {
  bodyBytes: 4 * 1024 * 1024,
  idempotencyKeyCharacters: 255,
  requestSeconds: 30,
  headerSeconds: 15,
  headerBytes: 16 * 1024,
  recipientsPerOrganization: 1_000_000,
  openDraftsPerOrganization: 1_000,
  filesPerDay: 36,
  templatesPerOrganization: 1_000,
  schedulesPerOrganization: 200,
  /** How far ahead the first payment of a schedule may lie. */
  scheduleDaysAhead: 731,
  bankConnectionsPerOrganization: 50,
  /** Old algorithms are accepted for at most so many days at a time. */
  legacyAlgorithmsDays: 180,
  bankAccountsPerOrganization: 200,
  /** A checkpoint of the audit log is signed after so many minutes or events, whichever comes first. */
  checkpointMinutes: 5,
  checkpointEvents: 1_000,
  /** Open organizations that one person has founded. */
  organizationsPerFounder: 10,
  membersPerOrganization: 500,
  webhookEndpointsPerOrganization: 20,
  /** Deliveries that one call begins anew. */
  webhookRedeliveriesAtOnce: 1_000,
  pendingInvitationsPerOrganization: 100,
  /** Of one organization in 24 hours, the first of each invitation and every further one. */
  invitationMailsPerDay: 100,
  mailsPerInvitation: 5,
  apiKeysPerOwner: 50,
  /** Keys that end sooner than this are told of by mail, once. */
  apiKeyWarningDays: 30,
  accessTokenMinutes: 60,
  platformsPerPerson: 5,
  administratorsPerPlatform: 20,
  platformInvitationDays: 7,
  signInCodeMinutes: 10,
  signInTries: 5,
  /** How long somebody may take at the identity provider, and how long the token that comes back may be. */
  signInNonceMinutes: 15,
  signInTokenCharacters: 16_384,
  identitiesPerUser: 5,
  portalIdleMinutes: 30,
  portalHours: 12,
  /** How long a proof of the person counts as fresh, and how old a sign-in may be that adds the first passkey. */
  stepUpMinutes: 5,
  passkeyChallengeMinutes: 5,
  passkeysPerUser: 10,
  /** Wrong proofs of one person, whatever they were tried with, within so many minutes; then nothing is taken as long. */
  wrongProofs: 5,
  wrongProofMinutes: 15,
  /** How long the seed of an authenticator app waits for its first code. */
  authenticatorOfferMinutes: 10,
  recoveryCodes: 10,
  /** Full numbers shown to one person in 24 hours; from the second figure on administrators are told. */
  revealsPerDay: 50,
  revealsBeforeAlert: 10,
  /** `address`: what an address, or an IPv6 network of 64 bits, may ask before it is known who asks. */
  requestsPerMinute: { address: 300, read: 1200, write: 600, outside: 20, signIn: 10, token: 30, reveal: 5 },
  /**
   * Bytes that a call of `fistworks nacha` reads as a whole, all its files together. What is shown needs little more
   * memory than the file, what is made and compared many times as much; validate streams and has no limit.
   */
  commandLineBytes: {
    shown: 1024 * 1024 * 1024,
    merged: 256 * 1024 * 1024,
    rewritten: 128 * 1024 * 1024,
    json: 256 * 1024 * 1024,
  },
  requestsPerHour: { export: 10 },
  auditExportEvents: 1_000_000,
  /** Of a file that a bank put down for us, and of names in a return directory that are looked at. */
  inboundFileBytes: 64 * 1024 * 1024,
  inboundNames: 10_000,
  /** Of one organization in 24 hours. */
  inboundFilesPerDay: 10_000,
  inboundBytesPerDay: 1024 * 1024 * 1024,
} as const
