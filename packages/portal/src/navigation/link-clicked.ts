/** The path of the portal's own link that was clicked plainly; `null` for everything the browser should handle. */
export function linkClicked(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
  if (link === undefined || link.target !== '' || link.hasAttribute('download')) return null
  if (link.origin !== location.origin || link.getAttribute('href')?.startsWith('#')) return null
  return link.pathname
}
