import {
  ATTRIBUTES,
  COMPONENTS,
  type FrameComponent,
  type FrameOptions,
  isNumber,
  isObject,
  opened,
  type Session,
  type ToFrame,
} from './message.ts'
import { isThemeValue } from './theme.ts'

const TEXT_MAX = 200
const TOKEN = /^[\x21-\x7e]{1,200}$/

/** What the page says, taken apart: only what is known and of the right kind is kept. `null` when it says nothing known. */
export function readToFrame(data: unknown): ToFrame | null {
  const message = opened(data)
  switch (message?.['type']) {
    case 'hello': {
      const component = COMPONENTS.find((each) => each === message['component']) as FrameComponent | undefined
      const session = readSession(message['session'])
      if (component === undefined || session === null) return null
      return { type: 'hello', component, session, options: readOptions(message['options']) }
    }
    case 'session':
      return { type: 'session', session: readSession(message['session']) }
    case 'options':
      return { type: 'options', options: readOptions(message['options']) }
    case 'view': {
      const { top, bottom } = message
      return isNumber(top) && isNumber(bottom) ? { type: 'view', top, bottom } : null
    }
    case 'proceed':
      return isNumber(message['event']) ? { type: 'proceed', event: message['event'] } : null
    default:
      return null
  }
}

function readSession(value: unknown): Session | null {
  if (!isObject(value)) return null
  const { token, expiresAt } = value
  if (typeof token !== 'string' || !TOKEN.test(token)) return null
  return { token, expiresAt: typeof expiresAt === 'string' ? expiresAt.slice(0, TEXT_MAX) : undefined }
}

function readOptions(value: unknown): FrameOptions {
  const { attributes, features, prefill, theme } = isObject(value) ? value : {}
  return {
    attributes: texts(attributes, (name, text) => isAttribute(name) && text.length <= TEXT_MAX),
    features: Array.isArray(features) ? features.filter((each) => typeof each === 'string') : null,
    prefill: isObject(prefill) ? prefill : null,
    theme: texts(theme, isThemeValue),
  }
}

const isAttribute = (name: string) => (ATTRIBUTES as readonly string[]).includes(name)

function texts(value: unknown, isGood: (name: string, text: string) => boolean): Record<string, string> {
  const pairs = isObject(value) ? Object.entries(value) : []
  return Object.fromEntries(
    pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && isGood(pair[0], pair[1])),
  )
}
