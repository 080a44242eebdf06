/**
 * What page and frame say to each other. The page hands over one end of a channel, once; everything else goes through
 * that channel, so no other page can speak into it. Every message has this version and is looked at before it is believed.
 */
export const FRAME_VERSION = 1

export const COMPONENTS = ['recipients', 'recipient-form', 'ach-files', 'ach-file', 'submission'] as const
export type FrameComponent = (typeof COMPONENTS)[number]

/** Attributes of the components that `<fist-frame>` hands on. */
export const ATTRIBUTES = [
  'recipient-id',
  'recipient-name',
  'holder-type',
  'external-id',
  'file-id',
  'bank-account',
  'submission-id',
] as const

/** Events of the components that reach the page: ids and masked data only. */
export const EVENTS = [
  'fist-recipient-created',
  'fist-recipient-updated',
  'fist-recipient-archived',
  'fist-ach-file-opened',
  'fist-ach-file-created',
  'fist-ach-file-changed',
  'fist-submission-changed',
  'fist-error',
] as const

export interface Session {
  token: string
  expiresAt?: string | undefined
}

/** How the page wants the component. */
export interface FrameOptions {
  attributes: Readonly<Record<string, string>>
  features: readonly string[] | null
  prefill: object | null
  theme: Readonly<Record<string, string>>
}

/** From the page to the frame. `hello` is the first and comes with the frame's end of the channel. */
export type ToFrame =
  | { type: 'hello'; component: FrameComponent; session: Session; options: FrameOptions }
  | { type: 'session'; session: Session | null }
  | { type: 'options'; options: FrameOptions }
  /** How many pixels at its top and at its bottom are not seen: dialogs stand between. */
  | { type: 'view'; top: number; bottom: number }
  /** The page did not take over what the event with this number asks. */
  | { type: 'proceed'; event: number }

/** From the frame to the page. */
export type ToPage =
  | { type: 'ready' }
  | { type: 'size'; height: number }
  /** The session with this token is over or soon will be. */
  | { type: 'session'; stale: string }
  | { type: 'unsaved'; isUnsaved: boolean }
  | { type: 'event'; name: string; detail: object; event: number }

export type Sent<M> = M & { fistworks: typeof FRAME_VERSION }
export const sent = <M extends ToFrame | ToPage>(message: M): Sent<M> => ({ ...message, fistworks: FRAME_VERSION })

type Unknown = Record<string, unknown>

/** The message as an object of this version; `null` for anything else. */
export function opened(data: unknown): Unknown | null {
  return isObject(data) && data['fistworks'] === FRAME_VERSION ? data : null
}

export const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null
export const isNumber = (value: unknown): value is number => Number.isFinite(value)
