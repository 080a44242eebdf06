/** A fault planted into the server's own source, to see that the simulation finds it. */
export interface PlantedFault {
  name: string
  /** Below `packages/server/src`, or `prove/simulation` for a double. */
  file: string
  find: string
  replace: string
  /** So many seeds from 1 on are tried. */
  withinSeeds: number
}

export const PLANTED: readonly PlantedFault[] = [
  {
    name: 'resend from unknown',
    file: 'src/submissions/attempt.ts',
    find: 'if (a.row.renameAcknowledgedAt !== null && a.sweepsAtOnce) return swept()\n  return whereDidItGo(a, session)',
    replace: 'return uploadAndPlace(a, session)',
    withinSeeds: 60,
  },
  {
    name: 'no look before sending',
    file: 'src/submissions/attempt.ts',
    find: 'const there = await lookForFinal(a, session)\n  if (there !== null) return there\n  if (a.row.renameAttempt !== null) return resumeRename(a, session, a.row.renameAttempt)',
    replace: '',
    withinSeeds: 400,
  },
  {
    name: 'part files of earlier attempts stay',
    file: 'src/submissions/attempt.ts',
    find: 'for (const earlier of a.earlierUploads) await clearAway(a, session, earlier)',
    replace: '',
    withinSeeds: 400,
  },
  {
    name: 'written under its final name at once',
    file: 'src/submissions/attempt.ts',
    find: 'await session.uploadExclusive(partPath(a, attempt), bytes)',
    replace: 'await session.uploadExclusive(finalPath(a), bytes)',
    withinSeeds: 5,
  },
  {
    name: 'what arrived is not compared',
    file: 'src/submissions/attempt.ts',
    find: "if (arrived === 'different') {\n    await session.remove",
    replace: "if (arrived === 'different' && attempt < 0) {\n    await session.remove",
    withinSeeds: 400,
  },
  {
    name: 'a rename that overwrites',
    file: 'prove/simulation/bank-door.ts',
    find: "if (this.#bank.files.has(to)) throw new BankFault('nameExists')",
    replace: '',
    withinSeeds: 400,
  },
  {
    name: 'an ambiguous rename counts as refused',
    file: 'src/submissions/settle.ts',
    find: "if (recorder.row.renameAttempt === null) return { kind: 'failed', problem }",
    replace: "if (recorder.row.attempt > 0) return { kind: 'failed', problem }",
    withinSeeds: 100,
  },
  {
    name: 'nobody asks whether deliveries are stopped',
    file: 'src/submissions/obstacle.ts',
    find: "if (stopped !== null) return { kind: 'wait', problem: stopped }",
    replace: '',
    withinSeeds: 400,
  },
  {
    name: 'nobody asks whether the file was canceled',
    file: 'src/submissions/obstacle.ts',
    find: "if (!(await deps.isReleased(db, organizationId, row.achFileId))) return { kind: 'failed', problem: WITHDRAWN }",
    replace: '',
    withinSeeds: 400,
  },
  {
    name: 'one person resolves',
    file: 'src/submissions/resolve.ts',
    find: 'if (namesOf(ctx).some((name) => resolution.names.includes(name))) {',
    replace: 'if (namesOf(ctx).length === 0) {',
    withinSeeds: 400,
  },
  {
    name: 'one approval is always enough',
    file: 'src/approval-policies/rules.ts',
    find: 'progress.every(({ rule, given }) => given >= rule.approvals)',
    replace: 'progress.every(({ given }) => given >= 1)',
    withinSeeds: 40,
  },
  {
    name: 'events are written and told to nobody',
    file: 'src/events/record-event.ts',
    find: 'await enqueueDeliveries(tx, row)',
    replace: '',
    withinSeeds: 5,
  },
  {
    name: 'the hash of what was approved is not asked for',
    file: 'src/ach-files/submit.ts',
    find: 'const { progress, policyVersion } = await approvalState(ctx, file, content)',
    replace: 'const { progress, policyVersion } = given',
    withinSeeds: 400,
  },
  {
    name: 'a changed account does not reopen the files that pay to it',
    file: 'src/ach-files/reopen.ts',
    find: "if (file.status !== 'pendingApproval' && file.status !== 'approved') {",
    replace: "if (file.status !== 'pendingApproval' || file.status === 'pendingApproval') {",
    withinSeeds: 400,
  },
  {
    name: 'authors approve',
    file: 'src/ach-files/approval.ts',
    find: "requireSecondPerson(ctx, file.authors)\n  const status = statusAfter(file, 'approve')",
    replace: "const status = statusAfter(file, 'approve')",
    withinSeeds: 100,
  },
  {
    name: 'the job of a delivery is forgotten',
    file: 'src/submissions/create.ts',
    find: 'await enqueueDelivery(ctx, { id, bankConnectionId: connection.id }, jobId, startsAt)',
    replace: '',
    withinSeeds: 5,
  },
  {
    name: 'the lease is not asked for',
    file: 'src/jobs/lease.ts',
    find: 'if (lost.signal.aborted || !(await isHeld(db ?? storage.read, hold, now()))) {',
    replace: 'if (lost.signal.aborted && now().getTime() < 0) {',
    withinSeeds: 400,
  },
  {
    name: 'states are written without the fencing token',
    file: 'src/submissions/store.ts',
    find: 'eq(submissions.attempt, attempt),\n      eq(submissions.state, from),',
    replace: '',
    withinSeeds: 400,
  },
  {
    name: 'what follows a state is another transaction',
    file: 'src/submissions/recorder.ts',
    find: '      await also(tx, at)\n    })',
    replace: '    })\n    await storage.write((tx) => also(tx, at))',
    withinSeeds: 400,
  },
  {
    name: 'a key of a request is used twice',
    file: 'src/http/run-operation.ts',
    find: 'const before = await earlierAnswer(tx, scope)\n    if (before !== null) return before\n    const written = new Set<string>()\n    const audit = async (entry: AuditEntry) => {\n      written.add(entry.action)\n      await appendAuditEvent(tx,',
    replace:
      'const written = new Set<string>()\n    const audit = async (entry: AuditEntry) => {\n      written.add(entry.action)\n      await appendAuditEvent(tx,',
    withinSeeds: 20,
  },
  {
    name: 'trace numbers repeat',
    file: 'src/ach-files/sequence-store.ts',
    find: 'ELSE used + ${count} END',
    replace: 'ELSE used + 1 END',
    withinSeeds: 20,
  },
  {
    name: 'a number is sealed for another row',
    file: 'src/recipients/service.ts',
    find: "...sealAccount(ctx.vault, { table: 'recipients', row: id }, input)",
    replace: "...sealAccount(ctx.vault, { table: 'recipients', row: 'rcp_other' }, input)",
    withinSeeds: 5,
  },
]
