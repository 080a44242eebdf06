import type { Failure } from '../ui/failure.ts'

const TEXTS: Readonly<Record<string, string>> = {
  NotAllowedError: 'Your device did not confirm: it was cancelled, took too long, or has no passkey for this site.',
  InvalidStateError: 'This device has a passkey for you already.',
  NotSupportedError: 'This device cannot make passkeys. Use another device or a security key.',
  SecurityError: 'Passkeys do not work at this address. Open the portal at its own address.',
}

/** What the browser says about a passkey, in words; `null` when the error is not the browser's. */
export function passkeyFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null
  // The library wraps the browser's error and keeps its name.
  const text = TEXTS[error.name]
  return text === undefined ? null : { code: 'passkey', status: null, text, requestId: null, errors: [] }
}
