// The one door to every command, plain JavaScript because it runs before anything is installed, on any Node from 20 on.
// It makes sure the dependencies are there, then hands over to tools/commands/<command>.ts under the Node that comes with them.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './install.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const commands = readdirSync(join(root, 'tools/commands')).map((file) => file.replace(/\.ts$/, ''))
const [command = '', ...options] = process.argv.slice(2)

if (!commands.includes(command)) {
  console.error(`There is no command '${command}'. Commands: ${commands.join(', ')}.`)
  process.exit(2)
}
if (!ensureInstalled(root)) process.exit(1)

const nodeFolder = join(root, 'node_modules/node/bin')
const path = [nodeFolder, join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
const child = spawn(
  join(nodeFolder, 'node'),
  ['--conditions=@fistworks/source', join(root, 'tools/commands', `${command}.ts`), ...options],
  { stdio: 'inherit', env: { ...process.env, PATH: path } },
)
// A terminal's Ctrl-C reaches the whole group: here it only must not end this process before its child has tidied up.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
process.on('SIGHUP', () => child.kill('SIGTERM'))
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
