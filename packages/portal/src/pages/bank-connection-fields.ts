import type { BankConnection } from '@fistworks/contract'
import { html } from 'lit'
import { areaField, checkField, selectField, textField } from '../ui/field.ts'
import type { FormErrors } from '../ui/form-errors.ts'

export type Method = BankConnection['authenticationMethod'] | 'newKeyPair'

interface Fields {
  connection: BankConnection | null
  errors: FormErrors
}

export function addressFields({ connection, errors }: Fields) {
  return [
    textField({
      name: 'name',
      label: 'Bank',
      value: connection?.name ?? '',
      error: errors['name'],
      isRequired: true,
      isWide: true,
      maxLength: 100,
    }),
    textField({
      name: 'host',
      label: 'Host',
      value: connection?.host ?? '',
      hint: 'Such as sftp.bank.example.',
      error: errors['host'],
      isRequired: true,
    }),
    textField({
      name: 'port',
      label: 'Port',
      value: String(connection?.port ?? 22),
      error: errors['port'],
      inputMode: 'numeric',
      maxLength: 5,
    }),
  ]
}

export function loginFields({ connection, errors }: Fields, method: Method, choose: (method: Method) => void) {
  const isKept = connection !== null && connection.authenticationMethod === method
  const hint = isKept
    ? 'Leave it empty to keep the one that is saved.'
    : 'Sealed when saved; nobody reads it afterwards.'
  const radio = (value: Method, label: string) => html`<label class="check">
    <input type="radio" name="method" value=${value} ?checked=${method === value} @change=${() => choose(value)} />
    <span>${label}</span>
  </label>`
  const secret =
    method === 'newKeyPair'
      ? html`<p class="hint wide">
          The private half never leaves the vault. The public one is shown here for the bank, once this is saved.
        </p>`
      : method === 'password'
        ? textField({
            name: 'password',
            label: 'Password',
            hint,
            error: errors['authentication.password'],
            isSecret: true,
            isWide: true,
            maxLength: 1000,
          })
        : [
            areaField({
              name: 'privateKey',
              label: 'Private key',
              hint: `OpenSSH or PEM. ${hint}`,
              error: errors['authentication.privateKey'],
            }),
            textField({
              name: 'passphrase',
              label: 'Passphrase',
              hint: 'If the key has one.',
              error: errors['authentication.passphrase'],
              isSecret: true,
              maxLength: 1000,
            }),
          ]
  return html`${textField({ name: 'username', label: 'User name', value: connection?.username ?? '', error: errors['username'], isRequired: true, maxLength: 100 })}
    <fieldset class="field">
      <legend class="label">Signs in with</legend>
      ${radio('password', 'A password')} ${radio('privateKey', 'A private key')}
      ${radio('newKeyPair', 'A key pair made here')}
    </fieldset>
    ${secret}`
}

export function folderFields({ connection, errors }: Fields) {
  return [
    textField({
      name: 'uploadDirectory',
      label: 'Upload folder',
      value: connection?.uploadDirectory ?? '',
      error: errors['uploadDirectory'],
      isRequired: true,
    }),
    textField({
      name: 'acknowledgementDirectory',
      label: 'Acknowledgement folder',
      value: connection?.acknowledgementDirectory ?? '',
      hint: 'Leave it empty if the bank does not answer with files.',
      error: errors['acknowledgementDirectory'],
    }),
    checkField({
      name: 'sweepsAtOnce',
      label: 'The bank takes files away as soon as they arrive',
      hint: 'Then a file that is gone may have been delivered, and is never sent again by itself.',
      isChecked: connection?.sweepsAtOnce ?? false,
    }),
    selectField({
      name: 'lineEnding',
      label: 'Lines end with',
      value: connection?.lineEnding ?? 'lf',
      choices: { lf: 'LF (Unix)', crlf: 'CR LF (Windows)' },
      error: errors['lineEnding'],
    }),
  ]
}

export function headerFields({ connection, errors }: Fields) {
  const field = (
    name: 'immediateDestination' | 'immediateDestinationName' | 'immediateOrigin' | 'immediateOriginName',
    label: string,
    hint: string,
  ) =>
    textField({
      name,
      label,
      hint,
      value: connection?.[name] ?? '',
      error: errors[name],
      isRequired: !name.endsWith('Name'),
    })
  return [
    field('immediateDestination', 'Immediate destination', 'The bank’s routing number, or what it asks for.'),
    field('immediateDestinationName', 'Bank’s name', 'At most 23 characters; may be empty.'),
    field('immediateOrigin', 'Immediate origin', 'What the bank calls you: often ten digits.'),
    field('immediateOriginName', 'Your name', 'At most 23 characters; may be empty.'),
  ]
}
