import { playwright } from '@vitest/browser-playwright'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { FILES_ONLY } from './packages/server/src/storage/testing/files-only.ts'
import { chromiumArguments, findChromium } from './tools/chromium.ts'

const source = '@fistworks/source'
/** Lit's decorators are the legacy ones; the tsconfig that says so leaves test files out, so it is said again here. */
const litDecorators = {
  decorator: { legacy: true },
  assumptions: { setPublicClassFields: true },
  typescript: { removeClassFieldsWithoutInitializer: true },
}
const never = ['**/node_modules/**', '**/dist/**', '**/.cache/**']

function node(name: string, include: string[], options: TestProjectInlineConfiguration['test'] = {}) {
  const { exclude = [], ...others } = options
  return {
    oxc: litDecorators,
    resolve: { conditions: [source, 'module', 'node', 'development'] },
    ssr: { resolve: { conditions: [source, 'module', 'node', 'development'] } },
    test: { name, include, exclude: [...never, '**/*.browser.test.ts', ...exclude], environment: 'node', ...others },
  } satisfies TestProjectInlineConfiguration
}

function browser(name: string, include: string[]) {
  const executablePath = findChromium()
  return {
    oxc: litDecorators,
    resolve: { conditions: [source, 'module', 'browser', 'development'] },
    // What the tests import is found before the first of them runs: found later, it would load their pages anew.
    optimizeDeps: { entries: include },
    test: {
      name,
      include,
      exclude: never,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: { args: chromiumArguments, ...(executablePath ? { executablePath } : {}) },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  } satisfies TestProjectInlineConfiguration
}

const ofServer = {
  testTimeout: 30_000,
  hookTimeout: 30_000,
  setupFiles: ['packages/server/src/storage/testing/mutate-all-statements.ts'],
}

export default defineConfig({
  test: {
    projects: [
      node('nacha', ['packages/nacha/**/*.test.ts']),
      node('contract', ['packages/contract/**/*.test.ts']),
      node('sdk', ['packages/sdk/**/*.test.ts']),
      node('widgets', ['packages/widgets/**/*.test.ts']),
      browser('widgets-browser', ['packages/widgets/**/*.browser.test.ts']),
      node('portal', ['packages/portal/**/*.test.ts']),
      browser('portal-browser', ['packages/portal/**/*.browser.test.ts']),
      node('server', ['packages/server/**/*.test.ts'], { ...ofServer, env: { FISTWORKS_TEST_DATABASES: 'files' } }),
      node('servers', ['packages/server/**/*.test.ts'], {
        ...ofServer,
        exclude: Object.keys(FILES_ONLY).map((path) => `packages/server/${path}`),
        setupFiles: [...ofServer.setupFiles, 'packages/server/src/storage/testing/refuse-files.ts'],
        testTimeout: 120_000,
        hookTimeout: 120_000,
        env: { FISTWORKS_TEST_DATABASES: 'servers' },
      }),
      node('example', ['examples/**/*.test.ts'], { testTimeout: 30_000 }),
      node('tools', ['tools/**/*.test.ts', 'bench/**/*.test.ts'], { exclude: ['tools/e2e/**'], testTimeout: 120_000 }),
      node('e2e', ['tools/e2e/**/*.test.ts'], { testTimeout: 180_000, hookTimeout: 180_000, fileParallelism: false }),
    ],
  },
})
