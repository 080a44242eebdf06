import type { Hono } from 'hono'
import { html } from 'hono/html'
import type { HttpEnv } from '../http/env.ts'
import { bankDate } from '../sandbox/bank-time.ts'
import { CLOCK_MOVES, clockAfter } from './clock-moves.ts'
import { type Html, newYork, page } from './layout.ts'
import { ClockRefusal, type SandboxClock } from './sandbox-clock.ts'

/** The page of the clock, and the same for programs: `GET` and `POST /dev/clock.json`. */
export function mountClockPages(app: Hono<HttpEnv>, clock: SandboxClock): void {
  app.get('/dev/clock', (c) => c.html(page('Clock', clock.now(), clockPage(clock, ''))))
  app.post('/dev/clock', async (c) => {
    const { by, to } = await c.req.parseBody()
    const refusal = await moved(clock, { by, to })
    if (refusal !== null) return c.html(page('Clock', clock.now(), clockPage(clock, refusal)), 422)
    return c.redirect('/dev/clock', 303)
  })
  app.get('/dev/clock.json', (c) => c.json(reading(clock)))
  app.post('/dev/clock.json', async (c) => {
    const asked: unknown = await c.req.json().catch(() => null)
    const refusal = await moved(clock, typeof asked === 'object' && asked !== null ? asked : {})
    return refusal === null ? c.json(reading(clock)) : c.json({ error: refusal }, 422)
  })
}

/** What programs are told. */
function reading(clock: SandboxClock) {
  const now = clock.now()
  return { now: now.toISOString(), date: bankDate(now), peopleNow: clock.peopleNow().toISOString() }
}

async function moved(clock: SandboxClock, asked: { by?: unknown; to?: unknown }): Promise<string | null> {
  try {
    await clock.moveTo(clockAfter(asked, clock.now()))
    return null
  } catch (error) {
    if (error instanceof ClockRefusal) return error.message
    throw error
  }
}

/** Buttons that move the clock, for any page. */
export function clockButtons(): Html {
  return html`<form method="post" action="/dev/clock" class="row">
    ${Object.entries(CLOCK_MOVES).map(([name, label]) => html`<button name="by" value="${name}">${label}</button>`)}
  </form>`
}

function clockPage(clock: SandboxClock, refusal: string): Html {
  const now = clock.now()
  const hours = Math.round((now.getTime() - clock.peopleNow().getTime()) / 3_600_000)
  const apart = hours === 0 ? 'That is the time of this machine.' : `That is ${hours} hours ahead of this machine.`
  return html`${refusal === '' ? '' : html`<p role="alert" class="refusal">${refusal}</p>`}
    <p class="big">${newYork(now)}</p>
    <p>${apart} Payments, schedules, deadlines and the sandbox bank go by this clock, for every organization of this server.
      Sessions, keys and codes go by the real time, so nobody is signed out when it is moved. It only goes forward.</p>
    ${clockButtons()}
    <form method="post" action="/dev/clock" class="row">
      <label>To a day, 9:00 in New York <input type="date" name="to" min="${bankDate(now)}" required /></label>
      <button>Move the clock</button>
    </form>
    <p class="quiet">Programs: <code>POST /dev/clock.json</code> with <code>{"by":"bankingDay"}</code> or
      <code>{"to":"2026-11-24"}</code>. It answers when everything that follows at once has been started.</p>`
}
