import type { Method } from './bank-connection-fields.ts'

type Texts = Readonly<Record<string, string>>

/** What the form says, in the shape of the API. An empty secret of a saved connection is left out, so it stays. */
export function connectionInput(
  texts: Texts,
  method: Method,
  fingerprints: readonly string[],
  { isNew, isPairKept }: { isNew: boolean; isPairKept: boolean },
): Record<string, unknown> {
  const {
    port,
    method: _method,
    password,
    privateKey,
    passphrase,
    sweepsAtOnce,
    acknowledgementDirectory,
    ...plain
  } = texts
  const secret = method === 'password' ? password : privateKey
  const authentication =
    method === 'newKeyPair'
      ? { method }
      : method === 'password'
        ? { method, password: secret ?? '' }
        : { method, privateKey: secret ? `${secret}\n` : '', ...(passphrase ? { passphrase } : {}) }
  return {
    ...plain,
    port: Number(port),
    hostKeyFingerprints: [...fingerprints],
    acknowledgementDirectory: acknowledgementDirectory || null,
    sweepsAtOnce: sweepsAtOnce === 'on',
    ...(isNew || secret || (method === 'newKeyPair' && !isPairKept) ? { authentication } : {}),
  }
}
