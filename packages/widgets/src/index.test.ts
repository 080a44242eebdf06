import { expect, test } from 'vitest'
import * as widgets from './index.ts'
import './register/fistworks.ts'

test('the package can be imported where there is no page', () => {
  expect(globalThis.window).toBeUndefined()
  expect(Object.keys(widgets)).toContain('FistRecipients')
})
