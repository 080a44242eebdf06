import { readFileSync, rmSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import { PLANTED } from './planted.ts'

/** Lives through seeds with one fault planted, until one of them finds it. `node hunt.ts NAME`; tells the seed and why. */
const planted = PLANTED.find(({ name }) => name === argv[2])
if (planted === undefined) throw new Error(`There is no planted fault '${argv[2]}'.`)
const { edits, focus, withinSeeds } = planted
const left = new Set(edits)

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    const here = edits.filter(({ file }) => url.endsWith(`/packages/server/${file}`))
    if (here.length === 0) return loaded
    let source = readFileSync(fileURLToPath(url), 'utf8')
    for (const edit of here) {
      const { file, find, replace } = edit
      if (source.split(find).length !== 2) throw new Error(`${file} has changed: plant '${planted.name}' anew.`)
      source = source.replace(find, () => replace)
      left.delete(edit)
    }
    return { ...loaded, source }
  },
})

const { buildTemplate, scratchFolder } = await import('./template.ts')
const { runSeed } = await import('./run-seed.ts')
for (const { file } of left) throw new Error(`${file} was not loaded.`)
const root = scratchFolder()
try {
  const template = await buildTemplate(root)
  let found: { seed: number; why: string } | null = null
  for (let seed = 1; seed <= withinSeeds && found === null; seed++) {
    const { breaches } = await runSeed(seed, template, root, { focus })
    const [why] = breaches
    if (why !== undefined) found = { seed, why }
  }
  stdout.write(`${JSON.stringify(found)}\n`)
} finally {
  rmSync(root, { recursive: true, force: true })
}
