import type { PlantedFault } from './planted.ts'

/** Faults on the way of a file to its bank. */
export const IN_DELIVERY: readonly PlantedFault[] = [
  {
    name: 'resend from unknown',
    edits: [
      {
        file: 'src/submissions/attempt.ts',
        find: 'if (a.row.renameAcknowledgedAt !== null && a.sweepsAtOnce) return swept()\n  return whereDidItGo(a, session)',
        replace: 'return uploadAndPlace(a, session)',
      },
    ],
    withinSeeds: 60,
  },
  {
    name: 'no look before sending',
    edits: [
      {
        file: 'src/submissions/attempt.ts',
        find: 'const there = await lookForFinal(a, session)\n  if (there !== null) return there\n  if (a.row.renameAttempt !== null) return resumeRename(a, session, a.row.renameAttempt)',
        replace: '',
      },
    ],
    withinSeeds: 400,
  },
  {
    name: 'part files of earlier attempts stay',
    edits: [
      {
        file: 'src/submissions/attempt.ts',
        find: 'for (const earlier of a.earlierUploads) await clearAway(a, session, earlier)',
        replace: '',
      },
    ],
    focus: 'cutFiles',
    withinSeeds: 20,
  },
  {
    name: 'written under its final name at once',
    edits: [
      {
        file: 'src/submissions/attempt.ts',
        find: 'await session.uploadExclusive(partPath(a, attempt), bytes)',
        replace: 'await session.uploadExclusive(finalPath(a), bytes)',
      },
    ],
    withinSeeds: 5,
  },
  {
    name: 'what arrived is not compared',
    edits: [
      {
        file: 'src/submissions/attempt.ts',
        find: "if (arrived === 'different') {\n    await session.remove",
        replace: "if (arrived === 'different' && attempt < 0) {\n    await session.remove",
      },
    ],
    focus: 'cutFiles',
    withinSeeds: 20,
  },
  {
    name: 'a rename that overwrites',
    edits: [
      {
        file: 'prove/simulation/bank-door.ts',
        find: "if (this.#bank.files.has(to)) throw new BankFault('nameExists')",
        replace: '',
      },
    ],
    focus: 'pausedBrakes',
    withinSeeds: 20,
  },
  {
    name: 'an ambiguous rename counts as refused',
    edits: [
      {
        file: 'src/submissions/settle.ts',
        find: "if (recorder.row.renameAttempt === null) return { kind: 'failed', problem }",
        replace: "if (recorder.row.attempt > 0) return { kind: 'failed', problem }",
      },
    ],
    withinSeeds: 100,
  },
  {
    name: 'nobody asks whether deliveries are stopped',
    edits: [
      {
        file: 'src/submissions/obstacle.ts',
        find: "if (stopped !== null) return { kind: 'wait', problem: stopped }",
        replace: '',
      },
    ],
    focus: 'brakes',
    withinSeeds: 20,
  },
  {
    name: 'nobody asks whether the operator stopped all deliveries',
    edits: [
      {
        file: 'src/deliveries/stop-check.ts',
        find: 'if ((await findServerStop(control.read)) !== undefined) return OF_SERVER',
        replace: '',
      },
    ],
    focus: 'brakes',
    withinSeeds: 40,
  },
  {
    name: 'nobody asks whether the file was canceled',
    edits: [
      {
        file: 'src/submissions/obstacle.ts',
        find: "if (!(await deps.isReleased(db, organizationId, row.achFileId))) return { kind: 'failed', problem: WITHDRAWN }",
        replace: '',
      },
    ],
    focus: 'withdrawals',
    withinSeeds: 20,
  },
  {
    name: 'one person resolves',
    edits: [
      {
        file: 'src/submissions/resolve.ts',
        find: 'if (namesOf(ctx).some((name) => resolution.names.includes(name))) {',
        replace: 'if (namesOf(ctx).length === 0) {',
      },
    ],
    focus: 'lostRenames',
    withinSeeds: 400,
  },
  {
    name: 'the job of a delivery is forgotten',
    edits: [
      {
        file: 'src/submissions/create.ts',
        find: 'await enqueueDelivery(ctx, { id, bankConnectionId: connection.id }, jobId, startsAt)',
        replace: '',
      },
    ],
    withinSeeds: 5,
  },
  {
    name: 'the lease is not asked for',
    edits: [
      {
        file: 'src/jobs/lease.ts',
        find: 'if (lost.signal.aborted || !(await isHeld(db ?? storage.read, hold, now()))) {',
        replace: 'if (lost.signal.aborted && now().getTime() < 0) {',
      },
    ],
    focus: 'pauses',
    withinSeeds: 20,
  },
  {
    name: 'states are written without the fencing token',
    edits: [
      {
        file: 'src/submissions/store.ts',
        find: 'eq(submissions.attempt, attempt),\n      eq(submissions.state, from),',
        replace: '',
      },
    ],
    focus: 'pauses',
    withinSeeds: 20,
  },
  {
    name: 'what follows a state is another transaction',
    edits: [
      {
        file: 'src/submissions/recorder.ts',
        find: '      await also(tx, at)\n    })',
        replace: '    })\n    await storage.write((tx) => also(tx, at))',
      },
    ],
    focus: 'crashes',
    withinSeeds: 40,
  },
  {
    name: 'neither the lease nor the fencing token is asked for',
    edits: [
      {
        file: 'src/jobs/lease.ts',
        find: 'if (lost.signal.aborted || !(await isHeld(db ?? storage.read, hold, now()))) {',
        replace: 'if (lost.signal.aborted && now().getTime() < 0) {',
      },
      {
        file: 'src/submissions/store.ts',
        find: 'eq(submissions.attempt, attempt),\n      eq(submissions.state, from),',
        replace: '',
      },
    ],
    focus: 'pauses',
    withinSeeds: 40,
  },
  {
    name: 'a canceled file leaves its delivery alone',
    edits: [
      {
        file: 'src/ach-files/cancel.ts',
        find: "if (file.status === 'submitted' && file.submissionId !== null) await cancelSubmission(ctx, file.submissionId)",
        replace: '',
      },
    ],
    focus: 'withdrawals',
    withinSeeds: 20,
  },
  {
    name: 'a canceled file leaves its delivery alone, which asks nobody',
    edits: [
      {
        file: 'src/ach-files/cancel.ts',
        find: "if (file.status === 'submitted' && file.submissionId !== null) await cancelSubmission(ctx, file.submissionId)",
        replace: '',
      },
      {
        file: 'src/submissions/obstacle.ts',
        find: "if (!(await deps.isReleased(db, organizationId, row.achFileId))) return { kind: 'failed', problem: WITHDRAWN }",
        replace: '',
      },
    ],
    focus: 'withdrawals',
    withinSeeds: 20,
  },
]
