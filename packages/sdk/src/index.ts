export type * from '@fistworks/contract'
export { FISTWorks } from './client.ts'
export { ClientTokenError } from './client-token-error.ts'
export { ComponentClient, type ComponentResources } from './component-client.ts'
export {
  AbortError,
  ApiError,
  type ApiErrorCode,
  AuthenticationError,
  ConflictError,
  ConnectionError,
  FISTWorksError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
  SessionTokenError,
  TimeoutError,
  UsageError,
  ValidationError,
} from './error.ts'
export type { FileAnswer } from './http.ts'
export { lastResponse, type ResponseInfo } from './last-response.ts'
export type { FISTWorksOptions, RequestOptions } from './options.ts'
export { Page, PagePromise } from './page.ts'
export { AchFiles } from './resources/ach-files.ts'
export { EffectiveDateLists } from './resources/effective-date-lists.ts'
export type { RecipientListQuery } from './resources/recipients.ts'
export type { FetchSessionToken, SessionToken } from './session-tokens.ts'
export { type UnwrapOptions, WebhookError, type WebhookHeaders, webhooks } from './webhooks.ts'
