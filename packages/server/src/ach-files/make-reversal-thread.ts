import { workerData } from 'node:worker_threads'
import { doAsTold } from '../thread.ts'
import { makingReversal, type ReversalOrder } from './make-reversal.ts'

doAsTold(makingReversal(workerData as ReversalOrder))
