import type { BankConnection, BankCutoffs } from '@fistworks/contract'

type Texts = Readonly<Record<string, string>>

const NAMES = [
  'returnDirectory',
  'returnPollMinutes',
  'afterProcessing',
  'processedDirectory',
  'fileNameTemplate',
  'legacyAlgorithmsUntil',
  'encrypt',
  'publicKeys',
  'format',
  'sign',
] as const

const ARMORED = /-----BEGIN PGP[\s\S]*?-----END PGP[^\n]*-----/g

/** The texts of a form without those that `agreementInput` reads. */
export function withoutAgreement(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([name]) => !NAMES.some((known) => known === name)))
}

/** What the form says of what was agreed with the bank, in the shape of the API. Keys that are saved stay unless new ones are given. */
export function agreementInput(
  texts: Texts,
  cutoffs: BankCutoffs | null,
  connection: BankConnection | null,
): Record<string, unknown> {
  const { returnDirectory, returnPollMinutes, afterProcessing, processedDirectory, fileNameTemplate } = texts
  return {
    returnDirectory: returnDirectory || null,
    returnPollMinutes: returnPollMinutes ? Number(returnPollMinutes) : null,
    afterProcessing: afterProcessing ?? 'leave',
    processedDirectory: processedDirectory || null,
    cutoffs,
    fileNameTemplate: fileNameTemplate || null,
    encryption: encryptionInput(texts, connection),
    ...legacyInput(texts['legacyAlgorithmsUntil'] ?? '', connection),
  }
}

function encryptionInput(texts: Texts, connection: BankConnection | null) {
  if (texts['encrypt'] !== 'on') return null
  const saved = connection?.encryption?.publicKeys.map(({ publicKey }) => publicKey) ?? []
  const text = texts['publicKeys'] ?? ''
  const given = text === '' ? saved : (text.match(ARMORED) ?? [text])
  return { format: texts['format'] ?? 'binary', publicKeys: given, sign: texts['sign'] === 'on' }
}

/** A day that was not changed is not sent: the end that is saved may have passed. */
function legacyInput(day: string, connection: BankConnection | null) {
  if (day === (connection?.legacyAlgorithmsUntil?.slice(0, 10) ?? '')) return {}
  return { legacyAlgorithmsUntil: day === '' ? null : /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T00:00:00Z` : day }
}
