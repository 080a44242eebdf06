import { type DestinationStream, type Logger, pino } from 'pino'
import { describeError } from './describe-error.ts'
import { scrub } from './scrub.ts'

export type { Logger } from 'pino'

/** The fields that may be logged. Anything else is dropped: a body or a name gets into no log by accident. */
const ALLOWED = new Set([
  'action',
  'attempt',
  'count',
  'database',
  'durationMs',
  'err',
  'jobId',
  'kind',
  'level',
  'method',
  'msg',
  'operation',
  'organizationId',
  'outcome',
  'port',
  'principalId',
  'problem',
  'requestId',
  'route',
  'state',
  'status',
  'submissionId',
  'targetId',
  'time',
])

/** Logs JSON lines: allowed fields only, errors without their values, and no run of eight digits whatever happens. */
export function createLogger(options: { level?: string; destination?: DestinationStream } = {}): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    formatters: { level: (level: string) => ({ level }) },
    hooks: { streamWrite: cleanLine },
  }
  return options.destination ? pino(settings, options.destination) : pino(settings)
}

/** The last thing that happens to a line, so nothing gets past it: child loggers and serializers included. */
function cleanLine(line: string): string {
  const fields: Record<string, unknown> = JSON.parse(line)
  const allowed = Object.entries(fields).filter(([name]) => ALLOWED.has(name))
  return `${JSON.stringify(scrub(Object.fromEntries(allowed)))}\n`
}
