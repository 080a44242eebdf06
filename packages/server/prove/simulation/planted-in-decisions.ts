import type { PlantedFault } from './planted.ts'

/** Faults in what people decide and what is written about it. */
export const IN_DECISIONS: readonly PlantedFault[] = [
  {
    name: 'one approval is always enough',
    edits: [
      {
        file: 'src/approval-policies/rules.ts',
        find: 'progress.every(({ rule, given }) => given >= rule.approvals)',
        replace: 'progress.every(({ given }) => given >= 1)',
      },
    ],
    withinSeeds: 40,
  },
  {
    name: 'events are written and told to nobody',
    edits: [{ file: 'src/events/record-event.ts', find: 'await enqueueDeliveries(tx, row)', replace: '' }],
    withinSeeds: 5,
  },
  {
    name: 'the hash of what was approved is not asked for',
    edits: [
      {
        file: 'src/ach-files/submit.ts',
        find: 'const { progress, policyVersion } = await approvalState(ctx, file, content)',
        replace: 'const { progress, policyVersion } = given',
      },
    ],
    focus: 'movers',
    withinSeeds: 20,
  },
  {
    name: 'a changed account does not reopen the files that pay to it',
    edits: [
      {
        file: 'src/ach-files/reopen.ts',
        find: "if (file.status !== 'pendingApproval' && file.status !== 'approved') {",
        replace: "if (file.status !== 'pendingApproval' || file.status === 'pendingApproval') {",
      },
    ],
    focus: 'movers',
    withinSeeds: 20,
  },
  {
    name: 'authors approve',
    edits: [
      {
        file: 'src/ach-files/approval.ts',
        find: "requireSecondPerson(ctx, file.authors)\n  const status = statusAfter(file, 'approve')",
        replace: "const status = statusAfter(file, 'approve')",
      },
    ],
    withinSeeds: 100,
  },
  {
    name: 'a key of a request is used twice',
    edits: [
      {
        file: 'src/http/run-operation.ts',
        find: 'const before = await earlierAnswer(tx, scope)\n    if (before !== null) return before\n    const written = new Set<string>()\n    const audit = async (entry: AuditEntry) => {\n      written.add(entry.action)\n      await appendAuditEvent(tx,',
        replace:
          'const written = new Set<string>()\n    const audit = async (entry: AuditEntry) => {\n      written.add(entry.action)\n      await appendAuditEvent(tx,',
      },
    ],
    withinSeeds: 20,
  },
  {
    name: 'trace numbers repeat',
    edits: [
      { file: 'src/ach-files/sequence-store.ts', find: 'ELSE used + ${count} END', replace: 'ELSE used + 1 END' },
    ],
    withinSeeds: 20,
  },
  {
    name: 'a number is sealed for another row',
    edits: [
      {
        file: 'src/recipients/service.ts',
        find: "...sealAccount(ctx.vault, { table: 'recipients', row: id }, input)",
        replace: "...sealAccount(ctx.vault, { table: 'recipients', row: 'rcp_other' }, input)",
      },
    ],
    withinSeeds: 5,
  },
  {
    name: 'neither a reopened file nor the hash holds a changed account back',
    edits: [
      {
        file: 'src/ach-files/reopen.ts',
        find: "if (file.status !== 'pendingApproval' && file.status !== 'approved') {",
        replace: "if (file.status !== 'pendingApproval' || file.status === 'pendingApproval') {",
      },
      {
        file: 'src/ach-files/submit.ts',
        find: 'const { progress, policyVersion } = await approvalState(ctx, file, content)',
        replace: 'const { progress, policyVersion } = given',
      },
      {
        file: 'prove/simulation/ledger.ts',
        find: 'this.breach(`${id} is still approved although it would pay something else`)',
        replace: 'return',
      },
    ],
    focus: 'movers',
    withinSeeds: 40,
  },
  {
    name: 'nobody waits for the next payment of a schedule',
    edits: [
      {
        file: 'src/schedules/progress.ts',
        find: 'return waitUntil(ctx, row, makesFileAt(next))',
        replace: 'return row',
      },
    ],
    withinSeeds: 10,
  },
  {
    name: 'a schedule does not note that a payment was made',
    edits: [
      {
        file: 'src/schedules/progress.ts',
        find: 'return { handledUntil: dueOn, lastPaysOn: paysOn, payments: row.payments + 1, problem: null }',
        replace: 'return { payments: row.payments + 1, problem: null }',
      },
    ],
    withinSeeds: 80,
  },
]
