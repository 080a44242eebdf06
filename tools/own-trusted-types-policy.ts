import { readFile } from 'node:fs/promises'

const theirs = 'createPolicy("lit-html"'
const ours = 'createPolicy("fistworks-elements"'

/** The part of a bundler's plugin interface that is used. */
interface Build {
  onLoad(
    options: { filter: RegExp },
    load: (args: { path: string }) => Promise<{ contents: string; loader: 'js' }>,
  ): void
}

/**
 * Gives the bundle a Trusted Types policy of its own name: a strict host page names the policies it allows, each may be
 * created once, and a host that uses Lit itself has taken `lit-html`.
 */
export const ownTrustedTypesPolicy = {
  name: 'own-trusted-types-policy',
  setup(build: Build) {
    build.onLoad({ filter: /[\\/]lit-html[\\/]lit-html\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (!text.includes(theirs)) throw new Error(`${path} no longer creates its policy as ${theirs}…`)
      return { contents: text.replace(theirs, ours), loader: 'js' }
    })
  },
}
