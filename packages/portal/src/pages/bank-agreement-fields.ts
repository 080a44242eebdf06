import {
  type BankConnection,
  defaultFileNameTemplate,
  FILE_NAME_PLACEHOLDERS,
  fileNameOf,
  fileNameTemplateProblem,
} from '@fistworks/contract'
import { html, nothing } from 'lit'
import { areaField, checkField, selectField, textField } from '../ui/field.ts'
import type { FormErrors } from '../ui/form-errors.ts'

interface Fields {
  connection: BankConnection | null
  errors: FormErrors
}

export function returnFields({ connection, errors }: Fields) {
  return [
    textField({
      name: 'returnDirectory',
      label: 'Folder of returns',
      value: connection?.returnDirectory ?? '',
      hint: 'Where the bank puts returns, corrections and other files.',
      error: errors['returnDirectory'],
    }),
    textField({
      name: 'returnPollMinutes',
      label: 'Look there every … minutes',
      value: connection?.returnPollMinutes?.toString() ?? '',
      hint: 'From 5 to 1440. Empty: only when somebody asks.',
      error: errors['returnPollMinutes'],
      inputMode: 'numeric',
      maxLength: 4,
    }),
    selectField({
      name: 'afterProcessing',
      label: 'Files that were read',
      value: connection?.afterProcessing ?? 'leave',
      choices: { leave: 'stay where they are', move: 'are moved', delete: 'are deleted' },
      error: errors['afterProcessing'],
    }),
    textField({
      name: 'processedDirectory',
      label: 'Move them to',
      value: connection?.processedDirectory ?? '',
      hint: 'Only when they are moved.',
      error: errors['processedDirectory'],
    }),
  ]
}

/** @param template as it is typed now */
export function nameFields({ connection, errors }: Fields, template: string) {
  const isEncrypted = connection !== null && connection.encryption !== null
  return html`${textField({
    name: 'fileNameTemplate',
    label: 'Names of files',
    value: connection?.fileNameTemplate ?? '',
    hint: `Empty: ${defaultFileNameTemplate(isEncrypted)}. Placeholders: ${FILE_NAME_PLACEHOLDERS.filter(
      (name) => !/:[1-57-9]$/.test(name),
    )
      .map((name) => `{${name}}`)
      .join(' ')}`,
    error: errors['fileNameTemplate'],
    isWide: true,
    maxLength: 200,
  })}
    <p class="hint wide" role="status">${errors['fileNameTemplate'] ? nothing : previewWords(template || defaultFileNameTemplate(isEncrypted), connection)}</p>`
}

function previewWords(template: string, connection: BankConnection | null) {
  const problem = fileNameTemplateProblem(template)
  if (problem !== null) return `The template ${problem}.`
  try {
    const name = fileNameOf(template, {
      date: new Date().toISOString().slice(0, 10),
      time: '1030',
      originId: connection?.immediateOrigin ?? '1234567890',
      sequence: 42,
      modifier: 'A',
      sha256: '5d41402a'.repeat(8),
    })
    return html`A file would be called <span class="code">${name}</span>.`
  } catch (error) {
    return (error as Error).message
  }
}

export function encryptionFields({ connection, errors }: Fields) {
  const encryption = connection?.encryption ?? null
  return [
    checkField({
      name: 'encrypt',
      label: 'Files are encrypted with OpenPGP',
      hint: 'Beside SFTP, when the bank asks for it.',
      isChecked: encryption !== null,
    }),
    encryption === null
      ? nothing
      : html`<ul class="wide">
          ${encryption.publicKeys.map(
            ({ fingerprint, userId, expiresAt }) => html`<li>
              <strong>${userId}</strong>
              <span class="hint">${expiresAt === null ? 'never ends' : `ends on ${expiresAt.slice(0, 10)}`}</span>
              <br /><span class="code">${fingerprint.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
            </li>`,
          )}
        </ul>`,
    areaField({
      name: 'publicKeys',
      label: encryption === null ? 'The bank’s public key' : 'Other keys of the bank',
      hint: 'Armored; several one below the other while the bank changes its key. Compare the fingerprint with the bank’s letter once it is saved.',
      error: errors['encryption.publicKeys'],
    }),
    selectField({
      name: 'format',
      label: 'Form',
      value: encryption?.format ?? 'binary',
      choices: { binary: 'Binary', armored: 'Armored text' },
      error: errors['encryption.format'],
    }),
    checkField({
      name: 'sign',
      label: 'Files are signed too',
      hint: 'With a key that is made here; its public half is shown for the bank once it is saved.',
      isChecked: encryption !== null && encryption.signature !== null,
    }),
  ]
}

export function legacyFields({ connection, errors }: Fields) {
  return textField({
    name: 'legacyAlgorithmsUntil',
    label: 'Accept old encryption until',
    value: connection?.legacyAlgorithmsUntil?.slice(0, 10) ?? '',
    hint: 'A day like 2026-12-24, at most 180 days ahead; empty: never. Only for a bank whose server knows nothing better (SHA-1). It ends by itself, and you are told two weeks before.',
    error: errors['legacyAlgorithmsUntil'],
    maxLength: 10,
  })
}
