import { describe, expect, test, vi } from 'vitest'
import { calendarPage, changeCodesPage, returnCodesPage } from './table-pages.ts'

/** `vitest run --project nacha -u` writes the pages anew. */
describe.each([
  ['return-codes', returnCodesPage],
  ['change-codes', changeCodesPage],
  ['calendar', calendarPage],
])('docs/nacha/%s.md', (name, page) => {
  test('is the tables', async () => {
    await expect(page()).toMatchFileSnapshot(`../../../../docs/nacha/${name}.md`)
  })

  test('its example prints what stands beside it', async () => {
    const code = /```js\n(.*?)```/s.exec(page())?.[1] ?? ''
    const index = JSON.stringify(new URL('../index.ts', import.meta.url).href)
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code.replace("'@fistworks/nacha'", index))}`
    )
    const printed = log.mock.calls.map((values) => values.join(' '))
    log.mockRestore()
    expect(printed).toEqual([...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map((match) => match[1]))
    expect(printed.length).toBeGreaterThan(0)
  })
})
