import type { TestApi } from '../../src/testing/api.ts'
import * as of from './changes.ts'
import { type Company, createCompany, eventsOf, fresh, fromElsewhere, type Person } from './company.ts'
import { type Answer, answerOf, type Prepared, type Trial } from './trial.ts'

type Call = () => Promise<Response>

/** An operation of each effect and room, as a company of its own calls it. */
export function allTrials(api: TestApi, platformId: string): Trial[] {
  function trial(
    name: string,
    action: string,
    again: Prepared['again'],
    prepare: (company: Company) => Promise<Call>,
  ): Trial {
    return {
      name,
      async prepare() {
        const call = await prepare(await createCompany(api, platformId))
        fromElsewhere(api)
        const before = await eventsOf(api, action)
        const stored = async () => (await eventsOf(api, action)) - before
        return { call: () => call().then(answerOf, cutOff), stored, again }
      },
    }
  }
  const change = (name: string, action: string, prepare: (company: Company) => Promise<Call>) =>
    trial(name, action, 'replays', prepare)
  return [...ofRooms(change), ...ofControl(api, trial), ...ofPeople(api, trial), ...ofOthers(trial)]
}

type MakeChange = (name: string, action: string, prepare: (company: Company) => Promise<Call>) => Trial
type MakeTrial = (
  name: string,
  action: string,
  again: Prepared['again'],
  prepare: (company: Company) => Promise<Call>,
) => Trial

/** The connection was cut in the middle of a file. */
const cutOff = (): Answer => ({ status: 0 })

function post(company: Company, path: string, body: unknown): Call {
  const key = fresh('once')
  return () => company.send('POST', path, body, key)
}

function ofRooms(change: MakeChange): Trial[] {
  return [
    change('recipients.create', 'recipient.created', async (company) =>
      post(company, '/v1/recipients', of.recipientBody()),
    ),
    change('recipients.update', 'recipient.updated', async (company) => {
      const { id } = await company.made('/v1/recipients', of.recipientBody())
      const { routingNumber, accountNumber } = of.recipientBody()
      const key = fresh('once')
      return () => company.send('PATCH', `/v1/recipients/${id}`, { routingNumber, accountNumber }, key)
    }),
    change('bankConnections.create', 'bankConnection.created', async (company) =>
      post(company, '/v1/bank-connections', of.CONNECTION),
    ),
    change('bankAccounts.create', 'bankAccount.created', async (company) =>
      post(company, '/v1/bank-accounts', of.accountBody((await of.connection(company)).id)),
    ),
    change('achFiles.create', 'achFile.created', async (company) =>
      post(company, '/v1/ach-files', await of.bodyOfDraft(company)),
    ),
    change('achFiles.approve', 'achFile.approved', async (company) => {
      const { id, version } = await of.waiting(company)
      return decide(company, await company.proven(), `/v1/ach-files/${id}/approve`, { version })
    }),
    change('achFiles.submit', 'achFile.submitted', async (company) => {
      const { id, version } = await of.waiting(company)
      const ada = await company.proven()
      const approved = await decide(company, ada, `/v1/ach-files/${id}/approve`, { version })()
      const body = { version: ((await approved.json()) as { version: number }).version }
      return decide(company, ada, `/v1/ach-files/${id}/submit`, body)
    }),
  ]
}

function decide({ organization }: Company, person: Person, path: string, body: unknown): Call {
  const headers = { 'Idempotency-Key': fresh('once') }
  return () => person.send('POST', path, { organization, headers, body })
}

function ofControl(api: TestApi, trial: MakeTrial): Trial[] {
  const session = {
    endUser: { externalId: 'u1', name: 'Jo' },
    components: { recipients: { features: [] } },
    allowedOrigins: ['https://tidewater.example'],
  }
  return [
    trial('organizations.create', 'organization.created', 'replays', async () => {
      const { apiKey } = await api.addPlatform(fresh('Platform '))
      const headers = { 'Idempotency-Key': fresh('once') }
      const body = { name: fresh('Mill ') }
      return () => api.send('POST', '/v1/organizations', { key: apiKey, body, headers })
    }),
    trial('embedSessions.create', 'embedSession.created', 'repeats', async (company) =>
      post(company, '/v1/embed-sessions', session),
    ),
    trial('embedSessions.revoke', 'embedSession.revoked', 'replays', async (company) => {
      const { id } = await company.made('/v1/embed-sessions', session)
      return post(company, `/v1/embed-sessions/${id}/revoke`, {})
    }),
  ]
}

function ofPeople(api: TestApi, trial: MakeTrial): Trial[] {
  const headers = { Origin: 'http://localhost:4400', 'Sec-Fetch-Site': 'same-origin' }
  return [
    trial('signIn.requestCode', 'user.signInCodeRequested', 'repeats', async (company) => {
      const { email } = await company.person()
      return () => api.send('POST', '/v1/sign-in/codes', { headers, body: { email } })
    }),
    trial('signIn.verifyCode', 'user.signedIn', 'is refused', async (company) => {
      const { email } = await company.person()
      const asked = await api.send('POST', '/v1/sign-in/codes', { headers, body: { email } })
      const code = /\b\d{8}\b/.exec(api.mailbox.list()[0]?.text ?? '')?.[0]
      const Cookie = asked.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; ')
      return () => api.send('POST', '/v1/sign-in/sessions', { headers: { ...headers, Cookie }, body: { email, code } })
    }),
    trial('portalSession.end', 'user.signedOut', 'is refused', async (company) => {
      const person = await company.person()
      return () => person.send('POST', '/v1/session/end')
    }),
    trial('passkeys.create', 'user.passkeyAdded', 'is used up', async (company) => {
      const person = await company.person()
      const credential = person.passkey.create(await person.challengeOf('/v1/session/passkeys/challenges'))
      return () => person.send('POST', '/v1/session/passkeys', { body: { name: 'Laptop', credential } })
    }),
    trial('stepUp.verify', 'user.steppedUp', 'is used up', async (company) => {
      const person = await company.person()
      await person.addPasskey()
      const credential = person.passkey.get(await person.challengeOf('/v1/session/step-up/challenges'))
      return () => person.send('POST', '/v1/session/step-up', { body: { credential } })
    }),
    trial('recipients.reveal', 'recipient.revealed', 'repeats', async (company) => {
      const { id } = await company.made('/v1/recipients', of.recipientBody())
      return decide(company, await company.proven(), `/v1/recipients/${id}/reveal`, { purpose: 'verifyWithPayee' })
    }),
    trial('auditEvents.export', 'auditEvents.exported', 'repeats', async (company) => {
      await company.made('/v1/recipients', of.recipientBody())
      return decide(company, await company.proven(), '/v1/audit-events/export', { format: 'jsonl' })
    }),
  ]
}

function ofOthers(trial: MakeTrial): Trial[] {
  return [
    trial('bankConnections.test', 'bankConnection.tested', 'repeats', async (company) => {
      const { id } = await of.connection(company)
      return () => company.send('POST', `/v1/bank-connections/${id}/test`, {})
    }),
    trial('recipients.list', 'nothing', 'reads', async (company) => {
      await company.made('/v1/recipients', of.recipientBody())
      return () => company.send('GET', '/v1/recipients', undefined)
    }),
  ]
}
