import { workerData } from 'node:worker_threads'
import { doAsTold } from '../thread.ts'
import { type BytesOrder, makingBytes } from './make-bytes.ts'

doAsTold(makingBytes(workerData as BytesOrder))
