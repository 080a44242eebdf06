import { parentPort, workerData } from 'node:worker_threads'
import { encryptBytes, type EncryptionOrder } from './encrypt-bytes.ts'

parentPort?.postMessage(await encryptBytes(workerData as EncryptionOrder))
