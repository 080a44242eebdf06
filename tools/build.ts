import { cpSync, globSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runStep, type Step } from './cached-step.ts'
import { runQuietly } from './run-program.ts'
import { inWorkspace, root, tool } from './workspace.ts'

const shared = ['pnpm-lock.yaml', 'tsconfig.base.json', 'packages/{nacha,contract,sdk,widgets}/{src/**,package.json}']

async function run(name: string, program: string, args: readonly string[], folder = root) {
  const { code, output } = await runQuietly(tool(program), args, folder)
  if (code !== 0) throw new Error(`Building ${name} failed:\n${output}`)
}

function bundle(name: 'sdk' | 'widgets', outputs: string[]): Step {
  const folder = `packages/${name}`
  return {
    name,
    inputs: [...shared, `${folder}/{tsup.config.ts,tsconfig.json}`],
    outputs,
    run: () => run(name, 'tsup', ['--silent'], inWorkspace(folder)),
  }
}

const portal: Step = {
  name: 'portal',
  inputs: [...shared, 'packages/portal/{src/**,public/**,*.html,vite.config.ts,package.json,tsconfig.json}'],
  outputs: ['packages/portal/dist/public/index.html'],
  run: () => run('the portal', 'vite', ['build', '--logLevel', 'warn'], inWorkspace('packages/portal')),
}

const widgets = bundle('widgets', ['packages/widgets/dist/index.js', 'packages/widgets/dist/browser/fistworks.js'])
const sdk = bundle('sdk', ['packages/sdk/dist/index.js', 'packages/sdk/dist/cjs/index.js'])

/** What browsers load, in order: the widgets' own bundle, then the hosted pages. */
const browserSteps: readonly Step[] = [widgets, portal]

/** Builds what browsers load, where it changed. Tests and `npm start` need nothing more: Node reads the sources. */
export async function buildForBrowsers(say: (line: string) => void): Promise<void> {
  for (const step of browserSteps) {
    const began = performance.now()
    if ((await runStep(root, step)) === 'built') {
      say(`built ${step.name} in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    }
  }
}

/** The same declarations once more beside the CommonJS bundle, so that `require` finds types of its own kind. */
function declareForRequire() {
  const dist = inWorkspace('packages/sdk/dist')
  for (const path of globSync('**/*.d.ts', { cwd: dist, exclude: ['cjs/**'] })) {
    cpSync(join(dist, path), join(dist, 'cjs', path))
  }
  writeFileSync(join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n')
}

/** What goes to the registry: declarations and JavaScript by tsc, the bundles of sdk and widgets by tsup. */
export async function buildPackages(): Promise<void> {
  await run('the types', 'tsc', ['-b', 'packages/widgets'])
  await runStep(root, sdk)
  await runStep(root, widgets)
  declareForRequire()
}

/** Everything that is published: one server package that serves the pages by itself. */
export async function buildAll(say: (line: string) => void): Promise<void> {
  for (const folder of globSync('packages/*/dist', { cwd: root })) rmSync(inWorkspace(folder), { recursive: true })
  await buildPackages()
  await run('the server', 'tsc', ['-b', 'packages/server'])
  await buildForBrowsers(say)
  const served = inWorkspace('packages/server/dist/public')
  rmSync(served, { recursive: true, force: true })
  cpSync(inWorkspace('packages/portal/dist/public'), served, { recursive: true })
  cpSync(inWorkspace('packages/widgets/dist/browser'), `${served}/embed/v1`, { recursive: true })
}
