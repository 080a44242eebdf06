import { workerData } from 'node:worker_threads'
import { doAsTold } from '../thread.ts'
import { type Asked, answersOf, foundOf, type Told } from './reader.ts'
import { recognize } from './recognize.ts'

const recognized = recognize(workerData as Uint8Array)

doAsTold<Asked, Told>((asked) =>
  asked === 'found' ? { found: foundOf(recognized) } : { answers: answersOf(recognized, asked.from, asked.until) },
)
