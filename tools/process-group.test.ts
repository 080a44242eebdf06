import { expect, test } from 'vitest'
import { processGroup } from './process-group.ts'

const member = (name: string, code: string) => ({ name, args: ['-e', code], environment: {} })
const obedient = `setInterval(() => {}, 1000); console.log('up')`
const stubborn = `process.on('SIGTERM', () => {}); ${obedient}`

function group() {
  const lines: string[] = []
  const { promise: up, resolve } = Promise.withResolvers<void>()
  const members = processGroup((line) => {
    lines.push(line)
    if (line.endsWith('up')) resolve()
  })
  return { lines, up, members }
}

test('says which member ended and with what', async () => {
  const { members } = group()
  members.launch(member('stays', obedient))
  members.launch(member('dies', 'process.exit(3)'))
  expect(await members.ended).toEqual({ name: 'dies', code: 3 })
  await members.stop()
})

test('a member that does not obey is ended all the same', async () => {
  const { members, up } = group()
  members.launch(member('stubborn', stubborn))
  await up
  await members.stop(50)
  expect(await members.ended).toEqual({ name: 'stubborn', code: 1 })
})

test('every line says who printed it', async () => {
  const { members, up, lines } = group()
  members.launch(member('one', obedient))
  await up
  await members.stop()
  expect(lines).toEqual(['one     │ up'])
})
