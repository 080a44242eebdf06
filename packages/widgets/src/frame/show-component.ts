import type { EmbedSessionState, Scope } from '@fistworks/contract'
import { FistAchFiles } from '../elements/fist-ach-files/fist-ach-files.ts'
import type { LinkTo } from '../elements/fist-recipients/recipient-row.ts'
import type { FistElement } from '../internal/fist-element.ts'
import { FrameLink } from './frame-link.ts'
import type { FrameReveal } from './frame-reveal.ts'
import type { FrameShell } from './frame-shell.ts'
import { watchHeight } from './frame-size.ts'
import { ATTRIBUTES, EVENTS, type FrameOptions, type ToFrame } from './message.ts'
import { Raise } from './raise.ts'
import { readToFrame } from './read-message.ts'
import { applyTheme } from './theme.ts'

type Hello = Extract<ToFrame, { type: 'hello' }>
type Component = FistElement & { prefill?: object | null; readonly hasUnsavedInput?: boolean; linkTo?: LinkTo | null }

/** Builds the component and ties it to the page around the frame. */
export function showComponent({ component, session, options }: Hello, port: MessagePort, parent: string): void {
  const shown = document.createElement(`fist-${component}`) as Component
  const shell = document.createElement('fist-frame-shell') as FrameShell
  const link = new FrameLink(port, parent, session, () => void refresh())
  const reveal = document.createElement('fist-frame-reveal') as FrameReveal
  let wanted = options
  let ends: ReturnType<typeof setTimeout> | undefined

  const apply = () => {
    applyTheme(document.documentElement.style, wanted.theme, shell.session?.platform?.accentColor ?? null)
    setAttributes(shown, wanted.attributes)
    if (JSON.stringify(shown.prefill ?? null) !== JSON.stringify(wanted.prefill)) shown.prefill = wanted.prefill
    shown.features = featuresOf(component, shell.session, wanted)
    shown.client = link.client
    const mayReveal = component === 'recipients' && shell.session?.scopes.includes('recipients:reveal') === true
    shown.linkTo = mayReveal ? ({ id }) => `#${id}` : null
    if (!mayReveal) reveal.hide()
  }
  const refresh = async () => {
    clearTimeout(ends)
    shell.session = ofComponent(component, await link.state().catch(() => null))
    const until = shell.session?.raised?.until
    if (until !== undefined) ends = setTimeout(stop, Date.parse(until) - Date.now())
    apply()
  }
  const stop = () => {
    link.use(null)
    void refresh()
  }
  const raise = new Raise(link, () => {
    shell.settle()
    void refresh()
  })
  shell.raise = () => raise.begin()
  shell.stop = stop

  const opened = tellEvents(shown, link)
  leadToNumbers(shown, (id) => void reveal.ask(link.client, id))
  port.onmessage = ({ data }) => {
    const message = readToFrame(data)
    if (message?.type === 'session') link.answer(message.session)
    if (message?.type === 'options') {
      wanted = message.options
      apply()
    }
    if (message?.type === 'view') placeDialogs(message)
    if (message?.type === 'proceed') opened.proceed(message.event)
  }
  // The component begins once it is known what it may offer, or that this cannot be found out.
  void refresh().then(() => {
    shell.append(shown)
    document.body.append(shell, reveal)
    watchHeight(shell, (height) => link.send({ type: 'size', height }))
    link.send({ type: 'ready' })
  })
}

function setAttributes(shown: Element, attributes: FrameOptions['attributes']): void {
  for (const name of ATTRIBUTES) {
    const value = attributes[name]
    if (value === undefined) shown.removeAttribute(name)
    else if (shown.getAttribute(name) !== value) shown.setAttribute(name, value)
  }
}

/** A name in the list is a link while a person may see the numbers behind it. */
function leadToNumbers(shown: Component, show: (recipientId: string) => void): void {
  shown.addEventListener('click', (event) => {
    const name = event.composedPath().find((each) => each instanceof HTMLAnchorElement)
    if (name === undefined) return
    event.preventDefault()
    show(name.hash.slice(1))
  })
}

function placeDialogs({ top, bottom }: { top: number; bottom: number }): void {
  const { style } = document.documentElement
  style.setProperty('--fist-view-top', `${top}px`)
  style.setProperty('--fist-view-bottom', `${bottom}px`)
}

/** Tells the page what happens in the component; what the page may take over waits for its answer. */
function tellEvents(shown: Component, link: FrameLink) {
  const waiting = new Map<number, string>()
  let count = 0
  for (const name of EVENTS) {
    shown.addEventListener(name, (event) => {
      const { detail } = event as unknown as { detail: { achFileId?: string } }
      count++
      if (event.cancelable) {
        event.preventDefault()
        waiting.set(count, detail.achFileId ?? '')
      }
      link.send({ type: 'event', name, detail, event: count })
    })
  }
  let wasUnsaved = false
  const look = () => {
    const isUnsaved = shown.hasUnsavedInput === true
    if (isUnsaved !== wasUnsaved) link.send({ type: 'unsaved', isUnsaved })
    wasUnsaved = isUnsaved
  }
  for (const type of ['input', 'change', 'click', ...EVENTS]) document.addEventListener(type, () => setTimeout(look))
  return {
    proceed(event: number): void {
      const id = waiting.get(event)
      waiting.delete(event)
      if (id !== undefined && shown instanceof FistAchFiles) void shown.show(id)
    },
  }
}

const RECIPIENTS: Readonly<Record<string, Scope>> = { write: 'recipients:write', reveal: 'recipients:reveal' }
const FILES: Readonly<Record<string, Scope>> = {
  write: 'ach-files:write',
  approve: 'ach-files:approve',
  submit: 'ach-files:submit',
  resolve: 'submissions:resolve',
}

const scopesOf = (component: string) => (component.startsWith('recipient') ? RECIPIENTS : FILES)

/** What can be added to it, as far as this component does it. */
function ofComponent(component: string, session: EmbedSessionState | null): EmbedSessionState | null {
  const known = Object.values(scopesOf(component))
  return session && { ...session, risable: session.risable.filter((scope) => known.includes(scope)) }
}

/** What the page wants offered, as far as the session has it now. */
function featuresOf(component: string, session: EmbedSessionState | null, { features }: FrameOptions) {
  if (session === null) return features
  return Object.entries(scopesOf(component))
    .filter(([name, scope]) => session.scopes.includes(scope) && (features?.includes(name) ?? true))
    .map(([name]) => name)
}
