import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { buildPackages } from './build.ts'
import { runQuietly } from './run-program.ts'
import { inWorkspace } from './workspace.ts'

/** The packages that are published, each after those it needs. */
export const published = ['nacha', 'contract', 'sdk', 'widgets'] as const
export type Published = (typeof published)[number]

/** Runs the workspace's package manager, whichever way this machine gets it. */
export async function pnpm(args: readonly string[], cwd: string): Promise<void> {
  const { packageManager } = JSON.parse(readFileSync(inWorkspace('package.json'), 'utf8'))
  const { code, output } = await runQuietly('npx', ['-y', packageManager, ...args], cwd)
  if (code !== 0) throw new Error(`pnpm ${args.join(' ')} failed:\n${output}`)
}

/** Builds and packs what is published, as it would be published. Gives the path of each tarball. */
export async function packAll(): Promise<Record<Published, string>> {
  await buildPackages()
  const folder = inWorkspace('.cache/packed')
  rmSync(folder, { recursive: true, force: true })
  const tarballs: Partial<Record<Published, string>> = {}
  for (const name of published) {
    const target = `${folder}/${name}`
    mkdirSync(target, { recursive: true })
    await pnpm(['pack', '--pack-destination', target], inWorkspace('packages', name))
    tarballs[name] = `${target}/${readdirSync(target)[0]}`
  }
  return tarballs as Record<Published, string>
}
