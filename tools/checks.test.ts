import { expect, test } from 'vitest'
import { type Result, runChecks } from './checks.ts'

const check = (name: string, code: string) => ({ name, program: process.execPath, args: ['-e', code] })

test('a check that fails is told with what it printed, the others still run', async () => {
  const told: Result[] = []
  const all = [check('bad', `console.log('look here'); process.exit(1)`), check('good', ''), check('also good', '')]
  const results = await runChecks(all, 2, (result) => told.push(result))
  expect(results.map(({ name }) => name).sort()).toEqual(['also good', 'bad', 'good'])
  expect(told.find(({ name }) => name === 'bad')?.problem).toBe('look here')
  expect(told.filter(({ problem }) => problem === undefined)).toHaveLength(2)
})

test('a check that writes what another one reads begins when that is over', async () => {
  const told: string[] = []
  const slow = check('slow', 'setTimeout(() => {}, 300)')
  await runChecks([slow, { ...check('later', ''), after: 'slow' }], 2, ({ name }) => told.push(name))
  expect(told).toEqual(['slow', 'later'])
})
