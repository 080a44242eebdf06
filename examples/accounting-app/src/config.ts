import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Where FISTWorks is, and the secret that lets this server speak for one organization there. */
export interface FistworksConfig {
  apiUrl: string
  apiKey: string
  organizationId: string
}

export interface Config {
  port: number
  /** The one address of these pages; embed sessions work from nowhere else. */
  origin: string
  dataFolder: string
  fistworks: FistworksConfig
}

/**
 * Reads what this server needs from the environment.
 * @throws Error that names the variable or file and says what to do
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const port = Number(environment['FISTWORKS_EXAMPLE_PORT'] ?? '4500')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error('FISTWORKS_EXAMPLE_PORT must be a port from 1 to 65535')
  }
  const file = environment['FISTWORKS_EXAMPLE_CONFIG']
  if (!file) throw new Error('FISTWORKS_EXAMPLE_CONFIG must name a JSON file with apiUrl, apiKey and organizationId')
  return {
    port,
    origin: `http://localhost:${port}`,
    // Books belong to one organization, so they lie beside the file that names it.
    dataFolder: resolve(environment['FISTWORKS_EXAMPLE_DATA'] ?? join(dirname(file), 'example')),
    fistworks: readSecretFile(file),
  }
}

function readSecretFile(file: string): FistworksConfig {
  const mode = statSync(file).mode & 0o777
  if ((mode & 0o077) !== 0) {
    throw new Error(`${file} holds an API key but others can read it (mode ${mode.toString(8)}): chmod 600 ${file}`)
  }
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const { apiUrl, apiKey, organizationId } = (content ?? {}) as Record<string, unknown>
  if (typeof apiUrl !== 'string' || typeof apiKey !== 'string' || typeof organizationId !== 'string') {
    throw new Error(`${file} must have the texts apiUrl, apiKey and organizationId`)
  }
  return { apiUrl: new URL(apiUrl).origin, apiKey, organizationId }
}
