import type { ApprovalPolicy, Role } from '@fistworks/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signIn } from '../testing/portal-person.ts'
import { createTestApi, type TestApi } from '../testing/api.ts'

let api: TestApi
let organization: string
let count = 0
beforeAll(async () => {
  api = await createTestApi()
})
afterAll(() => api.close())
beforeEach(async () => {
  organization = await api.addOrganization((await api.addPlatform(`Books ${++count}`)).platformId, 'Bakery')
})

async function member(role: Role) {
  api.network.address = `198.51.${Math.floor(++count / 250)}.${count % 250}`
  api.clock.now = new Date(api.clock.now.getTime() + 120_000)
  const email = `${role}${count}@bakery.example`
  const id = await api.addMember(organization, email, role)
  const person = await signIn(api, email)
  await person.addPasskey()
  expect((await person.stepUp()).status).toBe(200)
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { 'Idempotency-Key': `p${++count}` }
    const response = await person.send(method, `/v1/approval-policy${path}`, { headers, organization, body })
    return {
      status: response.status,
      body: (await response.json()) as ApprovalPolicy & { code: string; detail: string },
    }
  }
  return {
    id,
    read: async () => (await send('GET', '')).body,
    update: (input: object) => send('POST', '', input),
    confirm: (number: number) => send('POST', '/confirm', { number }),
    discard: (number: number) => send('POST', '/discard', { number }),
  }
}
const of = (approvals: number, more: object = {}, expiresAfterDays = 30) => ({
  version: 0,
  rules: [{ fromCents: 0, approvals, ...more }],
  expiresAfterDays,
})

describe('the approval policy', () => {
  it('begins with one approval by anybody else, and says who could get round it', async () => {
    const owner = await member('owner')
    const approver = await member('approver')
    await member('preparer')
    const policy = await owner.read()
    expect(policy).toMatchObject({ version: 0, rules: [{ fromCents: 0, approvals: 1, people: null }], problem: null })
    expect(policy.approvers.map(({ id }) => id)).toEqual([owner.id, approver.id])
    expect(policy.alone.map(({ id }) => id)).toEqual([owner.id])
    expect((await owner.update(of(2))).body).toMatchObject({ version: 1, alone: [], proposal: null })
  })

  it('is tightened by one, and loosened only when another owner or administrator confirms', async () => {
    const owner = await member('owner')
    const administrator = await member('administrator')
    expect((await owner.update(of(2, {}, 7))).body).toMatchObject({ version: 1, confirmedBy: null })
    const asked = await owner.update({ ...of(1, {}, 7), version: 1 })
    expect(asked.body).toMatchObject({
      version: 1,
      rules: [{ approvals: 2 }],
      proposal: { number: 1, rules: [{ approvals: 1 }] },
    })
    expect(await owner.confirm(1)).toMatchObject({ status: 403, body: { code: 'second-person-required' } })
    expect(await administrator.confirm(2)).toMatchObject({ status: 409 })
    expect((await administrator.confirm(1)).body).toMatchObject({
      version: 2,
      rules: [{ approvals: 1 }],
      decidedBy: { id: owner.id },
      confirmedBy: { id: administrator.id },
      proposal: null,
    })
    expect(await administrator.confirm(1)).toMatchObject({ status: 409 })
  })

  it('holds a longer wait and other people to be looser too; a proposal can be given up and lapses after a week', async () => {
    const owner = await member('owner')
    const administrator = await member('administrator')
    await owner.update(of(1, { people: [owner.id] }, 7))
    const before = await owner.read()
    expect(before).toMatchObject({ version: 0, proposal: { number: 1 } })
    expect((await administrator.discard(1)).body.proposal).toBeNull()
    expect((await owner.update(of(1, {}, 7))).body).toMatchObject({ version: 1, expiresAfterDays: 7 })
    expect((await owner.update({ ...of(1, {}, 8), version: 1 })).body.proposal).toMatchObject({ number: 2 })
    api.clock.now = new Date(api.clock.now.getTime() + 7 * 86_400_000)
    const later = await member('administrator')
    expect((await later.read()).proposal).toBeNull()
    expect(await later.confirm(2)).toMatchObject({ status: 409 })
  })

  it('is loosened by an owner who is the only one that could confirm, and the log says so', async () => {
    const owner = await member('owner')
    await member('approver')
    await owner.update(of(2))
    expect((await owner.update({ ...of(1), version: 1 })).body).toMatchObject({ version: 2, rules: [{ approvals: 1 }] })
  })

  it('is refused when nobody could meet it, when it names a stranger, and when it is of another version', async () => {
    const owner = await member('owner')
    const viewer = await member('viewer')
    const impossible = await owner.update(of(2))
    expect(impossible).toMatchObject({ status: 422, body: { code: 'validation-failed' } })
    expect(impossible.body.detail).toContain('only 1 person may approve')
    expect(await owner.update(of(1, { people: [viewer.id] }))).toMatchObject({ status: 422 })
    expect(await owner.update({ ...of(1), version: 5 })).toMatchObject({ status: 412 })
    expect(await owner.update({ ...of(1), rules: [{ fromCents: 1, approvals: 1 }] })).toMatchObject({ status: 422 })
    expect(await viewer.update(of(1))).toMatchObject({ status: 403 })
  })
})
