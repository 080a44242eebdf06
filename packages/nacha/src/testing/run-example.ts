import { vi } from 'vitest'

/** Runs the first example of a page; returns what it prints and what the comments beside the prints say. */
export async function runExample(page: string): Promise<{ printed: string[]; promised: string[] }> {
  const code = /```js\n(.*?)```/s.exec(page)?.[1] ?? ''
  const promised = [...code.matchAll(/^.*console\.log\(.*\/\/ (.*)$/gm)].map(([, text = '']) => text)
  const source = code.replace("'@fistworks/nacha'", JSON.stringify(new URL('../index.ts', import.meta.url).href))
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)
  const printed = log.mock.calls.map((values: readonly unknown[]) =>
    values
      .map((value) => (typeof value === 'string' && value !== value.trim() ? `"${value}"` : String(value)))
      .join(' '),
  )
  log.mockRestore()
  return { printed, promised }
}
