/**
 * Tests that do not run with the databases on servers (`vitest run --project servers`), and why. All others do, and fail
 * when they open a database file there.
 */
export const FILES_ONLY: Readonly<Record<string, string>> = {
  'src/storage/transaction.test.ts': 'locks, ownership and damage of a database file',
  'src/storage/lost-writes.test.ts': 'a fault of the driver of files',
  'src/storage/self-test.test.ts': 'what a start tries on a scratch file',
  'src/storage/data-folder.test.ts': 'one process owns the files of a data folder',
  'src/storage/masked-reader.test.ts': 'reads a file beside the server',
  'src/command-line/database-query.test.ts': 'a command that reads files',
  'src/command-line/audit-command.test.ts': 'a command that reads files',
  'src/audit/offline-log.test.ts': 'reads a file beside the server',
  'prove/tamper.test.ts': 'changes a file behind the back of the server',
  'src/storage/remote.test.ts': 'brings servers of its own',
  'src/http/remote-database.test.ts': 'brings servers of its own',
  'prove/database-faults.test.ts': 'brings servers of its own',
  'src/platforms/platform-command.test.ts': 'a command that opens the files of a data folder',
  'src/live.test.ts': 'starts a server over a data folder',
  'src/parts.test.ts': 'starts a server over a data folder',
  'prove/permissions.test.ts': 'takes the world of the proof of tenancy, with a layout of its own',
  'prove/tenancy/non-interference.test.ts': 'runs in two layouts of its own',
  'prove/simulation.test.ts': 'keeps databases in memory, each world from a copy of the same files',
  'prove/tenancy.test.ts': 'runs in three layouts of its own',
}
