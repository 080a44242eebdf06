import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An accounting product's page on an origin of its own, that watches everything a page can watch. */
export interface HostPage {
  origin: string
  /** What its back end says when a component asks for a session. */
  give: () => Promise<{ status: number; body: unknown }>
  /** How often its back end was asked. */
  asked: number
  close(): Promise<void>
}

export async function startHostPage(apiUrl: string, markup: string): Promise<HostPage> {
  const server: Server = createServer((request, response) => {
    void answer(request.url ?? '/').then(({ status, type, body }) => {
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' })
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host: HostPage = {
    origin: `http://127.0.0.1:${port}`,
    give: () => Promise.resolve({ status: 503, body: {} }),
    asked: 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  async function answer(url: string) {
    if (url === '/session') {
      host.asked++
      const { status, body } = await host.give()
      return { status, type: 'application/json', body: JSON.stringify(body) }
    }
    if (url === '/host.js') return { status: 200, type: 'text/javascript', body: SCRIPT }
    return { status: 200, type: 'text/html', body: page(apiUrl, markup) }
  }
  return host
}

const page = (apiUrl: string, markup: string) => `<!doctype html>
<html lang="en">
  <head>
    <title>Books</title>
    <script src="/host.js"></script>
    <script type="module" src="${apiUrl}/embed/v1/fist-frame.js" crossorigin></script>
  </head>
  <body>
    <h1>Books</h1>
    <button id="before">Before</button>
    ${markup.replaceAll('API', apiUrl)}
    <button id="after">After</button>
  </body>
</html>`

/** Everything that a hostile page could listen to goes into `seen`. */
const SCRIPT = `
const seen = (globalThis.seen = [])
const note = (what, value) => {
  try { seen.push(what + ' ' + (typeof value === 'string' ? value : JSON.stringify(value))) } catch { seen.push(what) }
}
const everything = (event) => {
  const told = {}
  for (const name in event) if (typeof event[name] !== 'function' && typeof event[name] !== 'object') told[name] = event[name]
  note(event.type, told)
  if ('detail' in event) note('detail', event.detail)
  if ('data' in event) note('data', event.data)
}
for (const type of ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'change', 'paste', 'copy', 'cut', 'focusin', 'focusout', 'compositionend', 'submit', 'click', 'message', 'selectionchange', 'storage', 'fist-recipient-created', 'fist-error'])
  for (const target of [window, document]) target.addEventListener(type, everything, true)
const post = MessagePort.prototype.postMessage
MessagePort.prototype.postMessage = function (message, ...rest) { note('sent', message); return post.call(this, message, ...rest) }
const handler = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')
Object.defineProperty(MessagePort.prototype, 'onmessage', { ...handler, set(given) { handler.set.call(this, (event) => { everything(event); given(event) }) } })
const frames = window.postMessage
const send = globalThis.fetch
globalThis.fetch = (...args) => { note('fetch', String(args[0]?.url ?? args[0])); return send(...args) }
const parse = JSON.parse
JSON.parse = (...args) => { note('parse', args[0]); return parse(...args) }
for (const kind of [Storage.prototype]) { const set = kind.setItem; kind.setItem = function (k, v) { note('storage', k + v); return set.call(this, k, v) } }
addEventListener('DOMContentLoaded', () => {
  const ask = () => fetch('/session').then((response) => { if (!response.ok) throw new Error('no session'); return response.json() })
  for (const frame of document.querySelectorAll('fist-frame')) {
    customElements.whenDefined('fist-frame').then(() => { frame.fetchSessionToken = ask })
  }
})
`
