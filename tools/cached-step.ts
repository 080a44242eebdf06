import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A piece of building that is skipped while nothing it reads has changed. */
export interface Step {
  name: string
  /** Globs of everything the step reads, relative to the root. */
  inputs: readonly string[]
  /** What must exist afterwards, relative to the root. */
  outputs: readonly string[]
  run(): Promise<void>
}

/** The content hash of everything that matches `inputs`. */
function hashInputs(root: string, inputs: readonly string[]): string {
  const hash = createHash('sha256')
  const exclude = (name: string) => /(^|\/)(node_modules|dist|\.cache|\.data)$|\.test\.ts$/.test(name)
  for (const path of globSync([...inputs], { cwd: root, exclude }).sort()) {
    const file = join(root, path)
    if (statSync(file).isFile()) hash.update(`${path}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Runs `step` unless its stamp in `.cache/` says it ran on these very inputs and its outputs are still there. */
export async function runStep(root: string, step: Step): Promise<'built' | 'fresh'> {
  const stamp = join(root, '.cache', `${step.name}.stamp`)
  const wanted = hashInputs(root, step.inputs)
  const outputs = step.outputs.map((path) => join(root, path))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && outputs.every((path) => existsSync(path))) {
    return 'fresh'
  }
  await step.run()
  const missing = outputs.filter((path) => !existsSync(path))
  if (missing.length > 0) throw new Error(`Building ${step.name} left out ${missing.join(', ')}`)
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
  return 'built'
}
