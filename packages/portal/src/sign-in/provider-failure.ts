import { FISTWorksError } from '@fistworks/sdk'
import { type Failure, failureOf } from '../ui/failure.ts'

/** The provider's answer does not belong to a question of this browser. */
export class StrayAnswer extends Error {}

const CANCELLED = new Set(['access_denied', 'user_cancelled', 'consent_required', 'interaction_required'])
const AWAY = new Set([
  'endpoints_resolution_error',
  'openid_config_error',
  'network_error',
  'no_network_connectivity',
  'post_request_failed',
  'get_request_failed',
  'failed_to_parse_response',
  'temporarily_unavailable',
])
/** Codes of the library itself: the answer does not fit what this browser asked. */
const STRAY =
  /^(no_state|state_|nonce_|invalid_state|hash_|empty_|no_token_request|unable_to_parse|interaction_in_progress)/
const START_AGAIN = 'This sign-in was not started in this browser, or took too long. Start again.'

/** What went wrong on the way to the identity provider and back, in words. */
export function providerFailure(error: unknown, name: string): Failure {
  if (error instanceof FISTWorksError) return failureOf(error)
  return { code: 'provider', status: null, text: textOf(error, name), requestId: null, errors: [] }
}

function textOf(error: unknown, name: string): string {
  if (error instanceof StrayAnswer) return START_AGAIN
  const code = memberOf(error, 'errorCode')
  if (CANCELLED.has(code)) return `You are not signed in: the sign-in at ${name} was cancelled.`
  if (AWAY.has(code)) return `${name} could not be reached. Check the connection and try again.`
  if (STRAY.test(code)) return START_AGAIN
  const why = firstLine(memberOf(error, 'errorMessage'))
  return why === '' ? `${name} did not sign you in. Start again.` : `${name} did not sign you in. It says: ${why}`
}

function memberOf(error: unknown, name: string): string {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : ''
}

function firstLine(text: string): string {
  const [line = ''] = text.split(/[\r\n]/)
  return line.replaceAll(/\p{C}/gu, '').trim().slice(0, 300)
}
