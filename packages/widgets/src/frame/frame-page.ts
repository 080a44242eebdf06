/** The script of `/embed/v1/frame`: waits for the one page it belongs to, and shows what that page asks for. */
import { define } from '../define.ts'
import { FistAchFile } from '../elements/fist-ach-file/fist-ach-file.ts'
import { FistAchFiles } from '../elements/fist-ach-files/fist-ach-files.ts'
import { FistRecipients } from '../elements/fist-recipients/fist-recipients.ts'
import { FrameReveal } from './frame-reveal.ts'
import { FrameShell } from './frame-shell.ts'
import { sessionIdOf } from './host-sessions.ts'
import { readToFrame } from './read-message.ts'
import { showComponent } from './show-component.ts'

const { session = '', origins = '' } = document.body.dataset
const sheet = new CSSStyleSheet()
sheet.replaceSync('html,body{margin:0;background:transparent}body>p{margin:1rem;font:1rem system-ui}')
document.adoptedStyleSheets = [sheet]

/** The first message of the right page that is whole begins; whatever comes later, from wherever, is nothing. */
function onHello(event: MessageEvent): void {
  const { source, origin, data, ports } = event
  if (source !== parent || !origins.split(' ').includes(origin)) return
  const hello = readToFrame(data)
  const [port] = ports
  if (hello?.type !== 'hello' || port === undefined || ports.length > 1) return
  if (sessionIdOf(hello.session.token) !== session) return
  removeEventListener('message', onHello)
  showComponent(hello, port, origin)
}

if (parent === window || parent !== top) {
  // Opened by itself there is no page to speak for it; in a frame of a frame somebody else could stand around it.
  const words = document.createElement('p')
  words.textContent = 'This belongs directly into the page of your accounting product.'
  document.body.append(words)
} else {
  define(FistRecipients, FistAchFiles, FistAchFile, FrameReveal, FrameShell)
  addEventListener('message', onHello)
}
