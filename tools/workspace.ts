import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the workspace, ends with `/`. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** What every Node of the workspace is started with, so that packages are read as sources and nothing needs building. */
export const nodeOptions = ['--conditions=@fistworks/source']

/** An absolute path of `parts` in the workspace. */
export function inWorkspace(...parts: string[]): string {
  return join(root, ...parts)
}

/** A program of the development dependencies. */
export function tool(name: string): string {
  return join(root, 'node_modules/.bin', name)
}
