import * as z from 'zod/mini'
import { BankCutoffs } from './bank-cutoffs.ts'
import { BankEncryption, BankEncryptionInput } from './bank-encryption.ts'
import { fileNameTemplateProblem, writtenNumberProblem } from './file-name-template.ts'
import { GivenInstant } from './given-instant.ts'
import { idOf } from './id.ts'
import { pageOf } from './page.ts'
import { achText, ImmediateDestination, Instant, Label, optionalAchText } from './text.ts'

/** SHA-256 fingerprint of a host key as OpenSSH prints it: `SHA256:` and 43 characters of base64. */
export const HostKeyFingerprint = z.string().check(
  z.regex(/^SHA256:[A-Za-z0-9+/]{43}$/, {
    error: 'must look like SHA256:… with 43 characters, as the bank prints it',
  }),
)

const Host = z.string().check(
  z.regex(/^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, {
    error: 'must be a host name or an IP address',
  }),
)
const Port = z
  .int()
  .check(z.minimum(1, { error: 'must be from 1 to 65535' }), z.maximum(65535, { error: 'must be from 1 to 65535' }))
const Directory = z
  .string()
  .check(
    z.maxLength(400),
    z.regex(/^(?!.*(^|\/)\.\.(\/|$))[^\p{Cc}\\]+$/u, { error: 'must be a directory without .. in it' }),
  )

/** Between two looks into the return directory. */
const PollMinutes = z
  .int({ error: 'must be a whole number of minutes' })
  .check(
    z.minimum(5, { error: 'must be from 5 to 1440 minutes' }),
    z.maximum(1440, { error: 'must be from 5 to 1440 minutes' }),
  )
const FileNameTemplate = z.string().check(
  z.maxLength(200, { error: 'must have at most 200 characters' }),
  z.check<string>((ctx) => {
    const message = fileNameTemplateProblem(ctx.value) ?? writtenNumberProblem(ctx.value)
    if (message !== null) ctx.issues.push({ code: 'custom', message, input: ctx.value })
  }),
)
/** What becomes of a file of the bank once it was read. */
export const AfterProcessing = z.enum(['leave', 'move', 'delete'])
export type AfterProcessing = z.infer<typeof AfterProcessing>

/** How we prove who we are. Secrets are write-only. */
export const BankAuthentication = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('password'), password: z.string().check(z.minLength(1), z.maxLength(1000)) }),
  z.strictObject({
    method: z.literal('privateKey'),
    privateKey: z.string().check(z.minLength(1), z.maxLength(20_000)),
    passphrase: z.optional(z.string().check(z.maxLength(1000))),
  }),
  /** An ed25519 pair is made here: its public half is shown for the bank, the private one never leaves the vault. */
  z.strictObject({ method: z.literal('newKeyPair') }),
])
export type BankAuthentication = z.infer<typeof BankAuthentication>

/** Where and how files reach one bank by SFTP, and what its file header must say. */
export const BankConnection = z.object({
  type: z.literal('bankConnection'),
  id: idOf('bcn'),
  name: z.string(),
  host: z.string(),
  port: z.int(),
  username: z.string(),
  authenticationMethod: z.enum(['password', 'privateKey']),
  /** The public half of the pair we sign in with, in OpenSSH form, when the pair was made here. */
  publicKey: z.nullable(z.string()),
  /** The public half of the pair that replaces it once the bank knows it. */
  nextPublicKey: z.nullable(z.string()),
  hostKeyFingerprints: z.array(z.string()),
  /** When the bank showed another key than these; nothing is sent until they are confirmed anew. */
  hostKeyRefusedAt: z.nullable(Instant),
  uploadDirectory: z.string(),
  acknowledgementDirectory: z.nullable(z.string()),
  /** The bank takes files away as soon as they arrive, so a file that is gone may have been delivered. */
  sweepsAtOnce: z.boolean(),
  lineEnding: z.enum(['lf', 'crlf']),
  /** Where returns, notifications of change and other files of the bank lie. */
  returnDirectory: z.nullable(z.string()),
  /** Minutes between two looks into it; `null`: only on demand. */
  returnPollMinutes: z.nullable(z.int()),
  afterProcessing: AfterProcessing,
  /** Where files are moved to once they were read, for `afterProcessing: 'move'`. */
  processedDirectory: z.nullable(z.string()),
  /** When the bank takes files; `null`: not known, so nothing is promised. */
  cutoffs: z.nullable(BankCutoffs),
  /** How files are named, such as `ACH_{date:yyyymmdd}_{sequence:6}.ach`; `null`: by the default. */
  fileNameTemplate: z.nullable(z.string()),
  /** OpenPGP on top of SFTP; `null`: files go as they are. */
  encryption: z.nullable(BankEncryption),
  /** Until then algorithms that are no longer safe are accepted as well; `null`: never. */
  legacyAlgorithmsUntil: z.nullable(Instant),
  immediateDestination: z.string(),
  immediateDestinationName: z.string(),
  immediateOrigin: z.string(),
  immediateOriginName: z.string(),
  createdAt: Instant,
  archivedAt: z.nullable(Instant),
})
export type BankConnection = z.infer<typeof BankConnection>
export const BankConnectionPage = pageOf(BankConnection)

export const BankConnectionCreate = z.strictObject({
  name: Label,
  host: Host,
  port: z._default(Port, 22),
  username: Label,
  authentication: BankAuthentication,
  /** At least one; more than one while the bank changes its key. Compare them with the bank's letter. */
  hostKeyFingerprints: z
    .array(HostKeyFingerprint)
    .check(z.minLength(1, { error: 'needs at least one fingerprint' }), z.maxLength(4)),
  uploadDirectory: Directory,
  acknowledgementDirectory: z.optional(z.nullable(Directory)),
  sweepsAtOnce: z._default(z.boolean(), false),
  lineEnding: z._default(z.enum(['lf', 'crlf']), 'lf'),
  returnDirectory: z._default(z.nullable(Directory), null),
  returnPollMinutes: z._default(z.nullable(PollMinutes), null),
  afterProcessing: z._default(AfterProcessing, 'leave'),
  processedDirectory: z._default(z.nullable(Directory), null),
  cutoffs: z._default(z.nullable(BankCutoffs), null),
  fileNameTemplate: z._default(z.nullable(FileNameTemplate), null),
  encryption: z._default(z.nullable(BankEncryptionInput), null),
  /** At most 180 days ahead. */
  legacyAlgorithmsUntil: z._default(z.nullable(GivenInstant), null),
  /** The bank's routing number, or the ten characters it asks for (file header, positions 4–13). */
  immediateDestination: ImmediateDestination,
  immediateDestinationName: z._default(optionalAchText('immediateDestinationName'), ''),
  /** What the bank calls the sender: often ten digits (file header, positions 14–23). */
  immediateOrigin: achText('immediateOrigin'),
  immediateOriginName: z._default(optionalAchText('immediateOriginName'), ''),
})
export type BankConnectionCreate = z.input<typeof BankConnectionCreate>

export const BankConnectionUpdate = z.strictObject({
  name: z.optional(Label),
  host: z.optional(Host),
  port: z.optional(Port),
  username: z.optional(Label),
  authentication: z.optional(BankAuthentication),
  hostKeyFingerprints: z.optional(BankConnectionCreate.shape.hostKeyFingerprints),
  uploadDirectory: z.optional(Directory),
  acknowledgementDirectory: z.optional(z.nullable(Directory)),
  sweepsAtOnce: z.optional(z.boolean()),
  lineEnding: z.optional(z.enum(['lf', 'crlf'])),
  returnDirectory: z.optional(z.nullable(Directory)),
  returnPollMinutes: z.optional(z.nullable(PollMinutes)),
  afterProcessing: z.optional(AfterProcessing),
  processedDirectory: z.optional(z.nullable(Directory)),
  cutoffs: z.optional(z.nullable(BankCutoffs)),
  fileNameTemplate: z.optional(z.nullable(FileNameTemplate)),
  encryption: z.optional(z.nullable(BankEncryptionInput)),
  legacyAlgorithmsUntil: z.optional(z.nullable(GivenInstant)),
  immediateDestination: z.optional(ImmediateDestination),
  immediateDestinationName: z.optional(optionalAchText('immediateDestinationName')),
  immediateOrigin: z.optional(achText('immediateOrigin')),
  immediateOriginName: z.optional(optionalAchText('immediateOriginName')),
})
export type BankConnectionUpdate = z.infer<typeof BankConnectionUpdate>

/** Which of our own keys of a connection: the pair we sign in with, or the OpenPGP key we sign files with. */
export const OurKey = z.strictObject({ use: z.enum(['signIn', 'sign']) })
export type OurKey = z.infer<typeof OurKey>

/** One step of a connection test, in the order it was tried. */
export const ConnectionTestStep = z.object({
  step: z.enum([
    'address',
    'connect',
    'hostKey',
    'algorithms',
    'authenticate',
    'uploadDirectory',
    'writeProbe',
    'acknowledgementDirectory',
    'returnDirectory',
    'processedDirectory',
    'encryption',
  ]),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string(),
})
export const ConnectionTestQuery = z.strictObject({
  /** Also puts an empty file whose name begins with a dot into the upload directory, and removes it again. */
  writeProbe: z.optional(z.enum(['true', 'false'])),
})
export type ConnectionTestQuery = z.infer<typeof ConnectionTestQuery>
export const ConnectionTest = z.object({
  type: z.literal('connectionTest'),
  passed: z.boolean(),
  steps: z.array(ConnectionTestStep),
  testedAt: Instant,
})
export type ConnectionTest = z.infer<typeof ConnectionTest>

export const HostKeyScanRequest = z.strictObject({ host: Host, port: z._default(Port, 22) })
export type HostKeyScanRequest = z.input<typeof HostKeyScanRequest>
/** What the server at this address presents: compare it with the bank's letter before pinning it. */
export const HostKeyScan = z.object({ type: z.literal('hostKeyScan'), algorithm: z.string(), fingerprint: z.string() })
export type HostKeyScan = z.infer<typeof HostKeyScan>
