export { fullJitter } from './backoff.ts'
export { enqueueJob, type Job, type JobOutcome } from './job.ts'
export { type Lease, LeaseLost } from './lease.ts'
export { createWorker, type Worker, type WorkerOptions } from './worker.ts'
