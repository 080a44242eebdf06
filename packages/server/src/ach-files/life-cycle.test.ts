import { ACH_FILE_STATUSES, type AchFile } from '@fistworks/contract'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvalPolicyStore, approvalPolicyWriter } from '../approval-policies/store.ts'
import type { WriteContext } from '../context.ts'
import { ProblemError } from '../problem-error.ts'
import { updateRecipient } from '../recipients/service.ts'
import { submissionStore } from '../submissions/store.ts'
import {
  type Caller,
  createTestTenants,
  machine,
  person,
  type TestOrganization,
  type TestTenants,
} from '../testing/context.ts'
import { addBankAccount, addDraft, addRecipient, batchOf } from '../testing/payments.ts'
import { approveAchFile, rejectAchFile, requestApproval, withdrawApproval } from './approval.ts'
import { cancelAchFile } from './cancel.ts'
import { keptActor } from './draft.ts'
import { holdWaiting } from './hold-waiting.ts'
import { type Decision, mayProgress, statusAfter } from './life-cycle.ts'
import { retrieveAchFile, updateAchFile } from './service.ts'
import { submitAchFile } from './submit.ts'

let tenants: TestTenants
beforeAll(async () => {
  tenants = await createTestTenants()
})
afterAll(() => tenants.close())

const PEOPLE: Record<string, Caller> = {
  anna: person('anna'),
  ben: person('ben'),
  carla: person('carla'),
  dora: person('dora'),
  machine,
}
const STEPS = [
  'update',
  'requestApproval',
  'approve',
  'withdraw',
  'reject',
  'submit',
  'cancel',
  'changeAccount',
  'policy',
] as const
type Step = { who: string; what: (typeof STEPS)[number]; isStale: boolean }

const anyone = fc.constantFrom(...Object.keys(PEOPLE))
const rarely = fc.nat({ max: 9 }).map((one) => one === 0)
const anyStep = fc.record<Step>({ who: anyone, what: fc.constantFrom(...STEPS), isStale: rarely })
/** The usual way, by anybody: without it, few random walks come to the end. */
const usualWay = fc.tuple(anyone, anyone, anyone).map((who) =>
  (['requestApproval', 'approve', 'submit'] as const).map((what, at) => ({
    who: who[at] ?? '',
    what,
    isStale: false,
  })),
)
const steps = fc
  .array(
    fc.oneof(
      anyStep.map((step) => [step]),
      usualWay,
    ),
    { minLength: 2, maxLength: 8 },
  )
  .map((parts): Step[] => parts.flat())

/** Does what the step says; gives the refusal's code, or null. */
async function take(organization: TestOrganization, file: AchFile, recipientId: string, step: Step, turn: number) {
  const version = step.isStale ? file.version - 1 : file.version
  const run = PEOPLE[step.who] ?? machine
  try {
    await organization.write(run, (ctx): Promise<unknown> => {
      if (step.what === 'update') return updateAchFile(ctx, file.id, { version, name: `Turn ${turn}` })
      if (step.what === 'requestApproval') return requestApproval(ctx, file.id, { version })
      if (step.what === 'approve') return approveAchFile(ctx, file.id, { version })
      if (step.what === 'withdraw') return withdrawApproval(ctx, file.id, { version })
      if (step.what === 'reject') return rejectAchFile(ctx, file.id, { version, reason: 'no' })
      if (step.what === 'submit') return submitAchFile(ctx, file.id, { version })
      if (step.what === 'cancel') return cancelAchFile(ctx, file.id, { version })
      if (step.what === 'policy') return otherPolicy(ctx, turn)
      const accountNumber = `70000000${turn}`
      return updateRecipient(ctx, recipientId, { routingNumber: '021000021', accountNumber, allowDuplicate: true })
    })
    return null
  } catch (error) {
    if (error instanceof ProblemError) return error.code
    throw error
  }
}

/** One approval at odd turns, two at even ones. */
async function otherPolicy(ctx: WriteContext, turn: number): Promise<void> {
  const { version } = await approvalPolicyStore(ctx.db, ctx.organizationId).current()
  await approvalPolicyWriter(ctx.db, ctx.organizationId).add({
    version: version + 1,
    terms: { rules: [{ fromCents: 0, approvals: turn % 2 === 0 ? 2 : 1, people: null }], expiresAfterDays: 30 },
    decidedBy: keptActor(ctx.actor),
    decidedAt: ctx.now.toISOString(),
    confirmedBy: null,
  })
  await holdWaiting(ctx)
}

describe('whatever people do with a file, in whatever order', () => {
  it('it is submitted only as approved by as many others as the policies ask for, and generated at most once', async () => {
    let submittedCount = 0
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const organization = await tenants.organization()
        const account = await addBankAccount(organization)
        const recipient = await addRecipient(organization)
        const { id } = await addDraft(organization, [batchOf(account.id, recipient.id)])
        const retrieved = () => organization.read((ctx) => retrieveAchFile(ctx, id))
        let file = await retrieved()
        /** Who had a hand in it, and who approved what it is now: the rule in its shortest form. */
        const authors = new Set(['anna'])
        const approvers = new Set<string>()
        /** Approvals that the policy asked for when approval was asked for, and asks for now. */
        let [asked, needed] = [1, 1]
        let bytes: string | undefined
        for (const [turn, step] of taken.entries()) {
          const before = file
          const refused = await take(organization, file, recipient.id, step, turn)
          file = await retrieved()
          if (refused !== null) expect(file).toEqual(before)
          else if (step.what !== 'changeAccount' && step.what !== 'policy') expect(step.isStale).toBe(false)
          if (refused === null && (step.what === 'update' || step.what === 'changeAccount')) {
            if (['draft', 'pendingApproval', 'rejected', 'approved'].includes(before.status)) {
              authors.add(step.who)
              approvers.clear()
            }
          }
          if (refused === null && step.what === 'policy') needed = turn % 2 === 0 ? 2 : 1
          if (refused === null && step.what === 'requestApproval') asked = needed
          if (refused === null && step.what === 'reject') approvers.clear()
          if (refused === null && step.what === 'withdraw') expect(approvers.delete(step.who)).toBe(true)
          if (refused === null && step.what === 'approve') {
            expect(authors.has(step.who)).toBe(false)
            expect(approvers.has(step.who)).toBe(false)
            expect(step.who).not.toBe('machine')
            approvers.add(step.who)
          }
          const isReleased =
            file.status === 'approved' || (file.status === 'submitted' && before.status !== 'submitted')
          if (isReleased) expect(approvers.size).toBeGreaterThanOrEqual(Math.max(asked, needed))
          if (file.status === 'submitted') {
            expect([...approvers].filter((who) => authors.has(who))).toEqual([])
            bytes ??= file.generated?.sha256
          }
          expect(file.generated?.sha256).toBe(bytes)
          expect(file.generated === null).toBe(file.submissionId === null)
        }
        const submissions = submissionStore(organization.storage.read, organization.id)
        const made = await submissions.list({ achFileId: file.id }, null, 10)
        expect(made).toHaveLength(bytes === undefined ? 0 : 1)
        if (bytes !== undefined) submittedCount++
      }),
      { numRuns: 100 },
    )
    expect(submittedCount).toBeGreaterThan(10)
  }, 120_000)
})

describe('the table of decisions and progress', () => {
  const decisions: Decision[] = ['update', 'requestApproval', 'approve', 'withdraw', 'reject', 'submit', 'cancel']
  const after = (status: AchFile['status'], decision: Decision) => {
    try {
      return statusAfter({ status, reopenedBecause: null }, decision)
    } catch {
      return null
    }
  }

  it('leads to submitted from approved only, and to approved from pending approval only', () => {
    const ways = ACH_FILE_STATUSES.flatMap((from) => decisions.map((decision) => [from, after(from, decision)]))
    expect(ways.filter(([, to]) => to === 'submitted')).toEqual([['approved', 'submitted']])
    expect(ways.filter(([, to]) => to === 'approved')).toEqual([['pendingApproval', 'approved']])
  })

  it('lets nobody decide about a file once it was submitted, and no delivery move one that was not', () => {
    const sent = ['submitted', 'delivered', 'acknowledged', 'needsAttention', 'failed'] as const
    for (const from of ACH_FILE_STATUSES) {
      const isSent = sent.some((status) => status === from)
      // Whether a submitted one can still be canceled is for its delivery to say.
      const left = decisions.filter((decision) => after(from, decision) !== null)
      if (isSent) expect(left).toEqual(from === 'submitted' ? ['cancel'] : [])
      for (const to of ACH_FILE_STATUSES) {
        if (from === to || !mayProgress(from, to)) continue
        // The delivery cancels what became pointless before it was sent, and nothing else.
        if (to === 'canceled') expect(from).toBe('submitted')
        else expect([isSent, sent.some((status) => status === to)]).toEqual([true, true])
      }
    }
  })
})
