import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { controlAuditEvents } from '../audit/table.ts'
import { byHand } from '../storage/testing/by-hand.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'
import { codeNow, seedOf, signIn } from '../testing/portal-person.ts'

const MINUTE = 60_000
const STEP_UP = '/v1/session/step-up'
const APP = '/v1/session/authenticator-app'
const CODES = '/v1/session/recovery-codes'
type Person = Awaited<ReturnType<typeof signIn>>

let api: TestApi
let organization: string
let people = 0
let email = ''

beforeAll(async () => {
  api = await createTestApi()
  organization = await api.addOrganization((await api.addPlatform('Tidewater')).platformId, 'Bakery')
})
afterAll(() => api.close())
beforeEach(async () => {
  // In the middle of a time step, so that a minute earlier or later is two of them.
  api.clock.now = new Date(Math.ceil(api.clock.now.getTime() / 30_000) * 30_000 + 10_000)
  email = await newMember()
})

async function newMember(): Promise<string> {
  const address = `ada${++people}@bluebird.example`
  api.network.address = `198.51.${Math.floor(people / 250)}.${people % 250}`
  await api.addMember(organization, address, 'administrator')
  return address
}
const pass = (ms: number) => {
  api.clock.now = new Date(api.clock.now.getTime() + ms)
}
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code
const mails = async () => {
  for (const worker of api.parts.workers) while (await worker.runOnce());
  return api.mailbox.list()
}
async function withApp(): Promise<{ ada: Person; secret: string }> {
  const ada = await signIn(api, email)
  const secret = await ada.addAuthenticatorApp()
  // Past the step whose code was the first.
  pass(MINUTE)
  return { ada, secret }
}
async function recoveryCodesOf(person: Person): Promise<string[]> {
  return ((await (await person.send('POST', CODES)).json()) as { codes: string[] }).codes
}
/** Every value of the control plane, bytes in two forms. */
async function databaseText(): Promise<string> {
  const { read } = byHand(api.parts.databases.control)
  const tables = await read.all<{ name: string }>(sql`SELECT name FROM sqlite_schema WHERE type = 'table'`)
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await read.all<Record<string, unknown>>(sql`SELECT * FROM ${sql.identifier(name)}`)
    const values = rows.flatMap((row) => Object.values(row)).map((value) => textOf(value))
    texts.push(name, ...values)
  }
  return texts.join('\n')
}

function textOf(value: unknown): string {
  if (!(value instanceof ArrayBuffer)) return String(value)
  const bytes = Buffer.from(value)
  return `${bytes.toString('hex')} ${bytes.toString('latin1')}`
}

async function eventsOf(action: string) {
  const rows = await byHand(api.parts.databases.control).read.select().from(controlAuditEvents)
  const found = rows.filter((row) => row.action === action && row.actorName === email.split('@')[0])
  return found.toReversed().map((row) => ({ outcome: row.outcome, data: JSON.parse(row.dataJson) }))
}

async function wrong(person: Person, times: number): Promise<Response[]> {
  const answers: Response[] = []
  for (let time = 0; time < times; time++) {
    api.network.address = `203.0.113.${(people * 7 + time) % 250}`
    answers.push(await person.prove({ recoveryCode: 'WRONG0-WRONG0-WRONG0-WRONG0' }))
  }
  return answers
}

describe('an authenticator app', () => {
  test('is told once, counts after its first code, and that code is a proof under a new cookie', async () => {
    const ada = await signIn(api, email)
    const begun = await ada.send('POST', `${APP}/seeds`)
    const { secret, uri, expiresAt } = (await begun.json()) as { secret: string; uri: string; expiresAt: string }
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(uri).toContain(`secret=${secret}&`)
    expect(expiresAt).toBe(new Date(api.clock.now.getTime() + 10 * MINUTE).toISOString())
    expect(await codeOf(await ada.prove({ code: codeNow(api, secret) }))).toBe('step-up-required')
    const before = ada.cookie
    const confirmed = await ada.confirmApp(secret)
    expect(confirmed.status).toBe(201)
    expect(await confirmed.json()).toMatchObject({
      steppedUpUntil: new Date(api.clock.now.getTime() + 5 * MINUTE).toISOString(),
      secondFactors: { passkeys: 0, authenticatorApp: true, recoveryCodes: 0 },
    })
    expect((await api.send('GET', '/v1/session', { headers: { Cookie: before } })).status).toBe(401)
  })

  test('proves with a code of now, once', async () => {
    const { ada, secret } = await withApp()
    pass(5 * MINUTE)
    const before = ada.cookie
    const code = codeNow(api, secret)
    const proven = await ada.prove({ code })
    expect(await proven.json()).toMatchObject({
      steppedUpUntil: new Date(api.clock.now.getTime() + 5 * MINUTE).toISOString(),
    })
    expect(ada.cookie).not.toBe(before)
    expect((await api.send('GET', '/v1/session', { headers: { Cookie: before } })).status).toBe(401)
    expect(await codeOf(await ada.prove({ code }))).toBe('step-up-required')
    // Of the step before, which is still in the window.
    expect(await codeOf(await ada.prove({ code: codeNow(api, secret, -1) }))).toBe('step-up-required')
    expect((await ada.prove({ code: codeNow(api, secret, 1) })).status).toBe(200)
  })

  test('whose first code was taken proves nothing more with it', async () => {
    const ada = await signIn(api, email)
    const secret = await ada.addAuthenticatorApp()
    expect(await codeOf(await ada.prove({ code: codeNow(api, secret) }))).toBe('step-up-required')
  })

  test.each([-2, 2])('with a clock that is %i steps off proves nothing', async (steps) => {
    const { ada, secret } = await withApp()
    expect(await codeOf(await ada.prove({ code: codeNow(api, secret, steps) }))).toBe('step-up-required')
  })

  test('proves once when one code comes twice at the same time', async () => {
    const { ada, secret } = await withApp()
    const thief = await signIn(api, email)
    const code = codeNow(api, secret)
    const answers = await Promise.all([ada.prove({ code }), thief.prove({ code })])
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 403])
  })

  test('of another person proves nothing', async () => {
    const { secret } = await withApp()
    const grace = await signIn(api, await newMember())
    await grace.addAuthenticatorApp()
    pass(MINUTE)
    expect(await codeOf(await grace.prove({ code: codeNow(api, secret) }))).toBe('step-up-required')
  })

  test('needs a sign-in of just now, and the proof of an earlier one when there is one', async () => {
    const ada = await signIn(api, email)
    pass(5 * MINUTE)
    expect(await codeOf(await ada.send('POST', `${APP}/seeds`))).toBe('step-up-required')
    const again = await signIn(api, email)
    await again.addPasskey()
    expect(await codeOf(await again.send('POST', `${APP}/seeds`))).toBe('step-up-required')
    await again.stepUp()
    expect((await again.send('POST', `${APP}/seeds`)).status).toBe(201)
  })

  test('that was begun is not confirmed once another first factor is there and unproven', async () => {
    const thief = await signIn(api, email)
    const secret = await thief.authenticatorSecret()
    const ada = await signIn(api, email)
    await ada.addPasskey()
    const refused = await thief.send('POST', APP, { body: { code: codeNow(api, secret) } })
    expect(await codeOf(refused)).toBe('step-up-required')
  })

  test('an app keeps a first passkey from being added without a proof of it', async () => {
    const { ada } = await withApp()
    pass(5 * MINUTE)
    const again = await signIn(api, email)
    expect(await codeOf(await again.send('POST', '/v1/session/passkeys/challenges'))).toBe('step-up-required')
    expect(ada.cookie).not.toBe('')
  })

  test('is confirmed within ten minutes, by the newest seed', async () => {
    const ada = await signIn(api, email)
    await ada.addPasskey()
    await ada.stepUp()
    const first = await ada.authenticatorSecret()
    const second = await ada.authenticatorSecret()
    const early = await ada.send('POST', APP, { body: { code: codeNow(api, first) } })
    expect([early.status, await codeOf(early)]).toEqual([422, 'validation-failed'])
    pass(10 * MINUTE)
    await ada.stepUp()
    const late = await ada.send('POST', APP, { body: { code: codeNow(api, second) } })
    expect(await codeOf(late)).toBe('state-conflict')
  })

  test.each([-10 * MINUTE, 10 * MINUTE])(
    'is not confirmed %i ms after its seed was told, and is a moment closer',
    async (ms) => {
      const ada = await signIn(api, email)
      await ada.addPasskey()
      await ada.stepUp()
      const secret = await ada.authenticatorSecret()
      const confirm = async (after: number) => {
        pass(after)
        await ada.stepUp()
        return (await ada.confirmApp(secret)).status
      }
      expect(await confirm(ms)).toBe(409)
      expect(await confirm(-Math.sign(ms))).toBe(201)
    },
  )

  test('takes the place of the one before when it is confirmed, not earlier', async () => {
    const { ada, secret } = await withApp()
    const next = await ada.authenticatorSecret()
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(200)
    expect((await ada.send('POST', APP, { body: { code: 'nonsense' } })).status).toBe(422)
    expect((await ada.confirmApp(next)).status).toBe(201)
    pass(MINUTE)
    expect(await codeOf(await ada.prove({ code: codeNow(api, secret) }))).toBe('step-up-required')
    expect((await ada.prove({ code: codeNow(api, next) })).status).toBe(200)
  })

  test('a mail tells of each that is added or removed', async () => {
    const { ada } = await withApp()
    const changed = { to: email, subject: 'What you confirm with has changed' }
    expect((await mails())[0]).toMatchObject({ ...changed, text: expect.stringContaining('can now confirm') })
    await ada.send('POST', `${APP}/remove`)
    expect((await mails())[0]).toMatchObject({ ...changed, text: expect.stringContaining('confirms nothing any more') })
  })

  test('that proves is no recovery code: no mail says that one was used', async () => {
    const { ada, secret } = await withApp()
    const [newest] = await mails()
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(200)
    expect((await mails())[0]).toBe(newest)
  })

  test('can be the first thing for five minutes after the sign-in, and the session says until when', async () => {
    const ada = await signIn(api, email)
    const until = async () => {
      const session = (await (await ada.send('GET', '/v1/session')).json()) as { firstFactorUntil: string | null }
      return session.firstFactorUntil
    }
    const end = new Date(api.clock.now.getTime() + 5 * MINUTE).toISOString()
    pass(5 * MINUTE - 1)
    expect([await until(), (await ada.send('POST', `${APP}/seeds`)).status]).toEqual([end, 201])
    pass(1)
    expect([await until(), (await ada.send('POST', `${APP}/seeds`)).status]).toEqual([null, 403])
  })

  test('is removed after a proof, and proves nothing more', async () => {
    const { ada, secret } = await withApp()
    pass(5 * MINUTE)
    expect(await codeOf(await ada.send('POST', `${APP}/remove`))).toBe('step-up-required')
    await ada.prove({ code: codeNow(api, secret) })
    expect((await ada.send('POST', `${APP}/remove`)).status).toBe(204)
    expect((await ada.send('POST', `${APP}/remove`)).status).toBe(404)
    expect(await codeOf(await ada.prove({ code: codeNow(api, secret, 1) }))).toBe('step-up-required')
  })
})

test('the seed is in one answer and nowhere else: no other answer, no mail, no event, no file', async () => {
  const ada = await signIn(api, email)
  const secret = await ada.authenticatorSecret()
  const later = [await (await ada.confirmApp(secret)).text()]
  for (const path of ['/v1/session', '/v1/session/second-factors', '/v1/session/passkeys', '/v1/audit-events']) {
    later.push(await (await ada.send('GET', path, { organization })).text())
  }
  const everything = later.join('\n') + JSON.stringify(await mails()) + (await databaseText())
  const seed = Buffer.from(seedOf(secret))
  const encodings = ['hex', 'base64', 'base64url', 'latin1'] as const
  for (const form of [secret, secret.toLowerCase(), ...encodings.map((encoding) => seed.toString(encoding))]) {
    expect(everything).not.toContain(form)
  }
  // What was searched holds the person's things.
  expect(everything).toContain('authenticator_apps')
})

describe('recovery codes', () => {
  test('are made with the answer that holds them', async () => {
    const { ada } = await withApp()
    expect((await ada.send('POST', CODES)).status).toBe(201)
  })

  test('are ten, open once each, and a mail and an event tell of each use', async () => {
    const { ada } = await withApp()
    const codes = await recoveryCodesOf(ada)
    expect(new Set(codes).size).toBe(10)
    pass(5 * MINUTE)
    const used = codes[3] ?? ''
    const proven = await ada.prove({ recoveryCode: used.toLowerCase().replaceAll('-', ' ') })
    expect(proven.status).toBe(200)
    expect(await proven.json()).toMatchObject({ secondFactors: { recoveryCodes: 9 } })
    expect((await mails())[0]).toMatchObject({ to: email, subject: 'A recovery code was used' })
    const [event] = await eventsOf('user.steppedUp')
    expect(event).toMatchObject({ outcome: 'succeeded', data: { factor: 'recoveryCode', left: 9 } })
    expect(await codeOf(await ada.prove({ recoveryCode: used }))).toBe('step-up-required')
  })

  test('open once when one comes twice at the same time', async () => {
    const { ada } = await withApp()
    const [code] = await recoveryCodesOf(ada)
    const thief = await signIn(api, email)
    const answers = await Promise.all([ada.prove({ recoveryCode: code }), thief.prove({ recoveryCode: code })])
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 403])
  })

  test('are made after a proof; those before them are worthless', async () => {
    const { ada, secret } = await withApp()
    const [old] = await recoveryCodesOf(ada)
    pass(5 * MINUTE)
    expect(await codeOf(await ada.send('POST', CODES))).toBe('step-up-required')
    await ada.prove({ code: codeNow(api, secret) })
    const [fresh] = await recoveryCodesOf(ada)
    expect(await codeOf(await ada.prove({ recoveryCode: old }))).toBe('step-up-required')
    expect((await ada.prove({ recoveryCode: fresh })).status).toBe(200)
  })

  test('of another person open nothing', async () => {
    const { ada } = await withApp()
    const [code] = await recoveryCodesOf(ada)
    const grace = await signIn(api, await newMember())
    await grace.addAuthenticatorApp()
    expect(await codeOf(await grace.prove({ recoveryCode: code }))).toBe('step-up-required')
    expect((await ada.prove({ recoveryCode: code })).status).toBe(200)
  })

  test('go with the last thing that they stand in for', async () => {
    const { ada } = await withApp()
    const [code] = await recoveryCodesOf(ada)
    expect((await ada.send('POST', `${APP}/remove`)).status).toBe(204)
    expect(await codeOf(await ada.prove({ recoveryCode: code }))).toBe('step-up-required')
    const again = await signIn(api, email)
    expect((await again.addPasskey()).status).toBe(201)
  })

  test('stay while something else is left', async () => {
    const { ada } = await withApp()
    await ada.addPasskey()
    const [code] = await recoveryCodesOf(ada)
    expect((await ada.send('POST', `${APP}/remove`)).status).toBe(204)
    expect((await ada.prove({ recoveryCode: code })).status).toBe(200)
  })

  test('are told once: no other answer and no file has them', async () => {
    const { ada } = await withApp()
    const codes = await recoveryCodesOf(ada)
    const factors = await (await ada.send('GET', '/v1/session/second-factors')).text()
    const everything = factors + JSON.stringify(await mails()) + (await databaseText())
    for (const code of codes) {
      expect(everything).not.toContain(code)
      expect(everything).not.toContain(code.replaceAll('-', ''))
    }
    expect(JSON.parse(factors)).toMatchObject({ recoveryCodes: { left: 10 } })
  })
})

describe('after five wrong proofs of a person within fifteen minutes', () => {
  test('nothing is taken for fifteen minutes, a mail and an event tell', async () => {
    const { ada, secret } = await withApp()
    const answers = await wrong(ada, 5)
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    expect((await mails())[0]).toMatchObject({ to: email, subject: 'Somebody could not confirm that they are you' })
    expect(await eventsOf('user.proofsLocked')).toHaveLength(1)
    const locked = await ada.prove({ code: codeNow(api, secret) })
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '900'])
    pass(15 * MINUTE - 1)
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(429)
    pass(1)
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(200)
  })

  test('all factors count together, and none is taken', async () => {
    const ada = await signIn(api, email)
    await ada.addPasskey()
    await ada.stepUp()
    const secret = await ada.addAuthenticatorApp()
    const [code] = await recoveryCodesOf(ada)
    pass(MINUTE)
    await wrong(ada, 2)
    await ada.prove({ code: '000000' })
    await ada.prove({ code: codeNow(api, secret, 5) })
    const bent = ada.passkey.get('c29tZXRoaW5nIGVsc2U')
    await ada.challengeOf(`${STEP_UP}/challenges`)
    await ada.answer(bent)
    for (const body of [{ recoveryCode: code }, { code: codeNow(api, secret) }]) {
      expect((await ada.prove(body)).status).toBe(429)
    }
    expect((await ada.send('POST', `${STEP_UP}/challenges`)).status).toBe(429)
  })

  test('the answer of a passkey to an earlier question is not taken, and the answer says how long that lasts', async () => {
    const ada = await signIn(api, email)
    await ada.addPasskey()
    const answer = ada.passkey.get(await ada.challengeOf(`${STEP_UP}/challenges`))
    await wrong(ada, 5)
    pass(3 * MINUTE + 1)
    const locked = await ada.answer(answer)
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '720'])
    pass(-4 * MINUTE)
    expect((await ada.answer(answer)).headers.get('retry-after')).toBe('900')
  })

  test('four and one a moment before the quarter of an hour is over lock', async () => {
    const { ada, secret } = await withApp()
    await wrong(ada, 4)
    pass(15 * MINUTE - 1)
    await wrong(ada, 1)
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(429)
  })

  test('another session of the same person is locked, another person is not', async () => {
    const { ada, secret } = await withApp()
    await wrong(ada, 5)
    const again = await signIn(api, email)
    expect((await again.prove({ code: codeNow(api, secret) })).status).toBe(429)
    const grace = await signIn(api, await newMember())
    const theirs = await grace.addAuthenticatorApp()
    pass(MINUTE)
    expect((await grace.prove({ code: codeNow(api, theirs) })).status).toBe(200)
  })

  test('also when they come at the same time', async () => {
    const { ada, secret } = await withApp()
    const tries = Array.from({ length: 9 }, () => ada.prove({ recoveryCode: 'WRONG' }))
    const answers = await Promise.all(tries)
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(5)
    api.network.address = '203.0.113.251'
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(429)
  })

  test('four within fifteen minutes do not lock, and those before them are forgotten', async () => {
    const { ada, secret } = await withApp()
    await wrong(ada, 4)
    pass(15 * MINUTE)
    await wrong(ada, 4)
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(200)
  })

  test('a right one between them does not begin the count anew', async () => {
    const { ada, secret } = await withApp()
    await wrong(ada, 4)
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(200)
    await wrong(ada, 1)
    expect((await ada.prove({ code: codeNow(api, secret, 1) })).status).toBe(429)
  })

  test('a lock of a clock that was ahead ends when the clock is right', async () => {
    const { ada, secret } = await withApp()
    pass(20 * MINUTE)
    await wrong(ada, 5)
    pass(-20 * MINUTE)
    expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(200)
  })
})

test('a body that names two proofs, or none, is refused before anything is counted', async () => {
  const { ada, secret } = await withApp()
  for (const body of [{}, { code: '123456', recoveryCode: 'x' }, { code: 123456 }, { recoveryCode: '' }]) {
    expect((await ada.prove(body)).status).toBe(422)
  }
  expect((await ada.prove({ code: codeNow(api, secret) })).status).toBe(200)
})
