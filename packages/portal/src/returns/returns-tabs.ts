import { css, html, nothing } from 'lit'

const TABS = [
  ['/returns', 'Returns'],
  ['/returns/corrections', 'Corrections'],
  ['/returns/files', 'Files of the bank'],
  ['/returns/rates', 'Return rates'],
] as const

/** The pages of the section, each a link, on top of each. */
export const returnsTabs = (current: (typeof TABS)[number][0]) =>
  html`<nav class="tabs" aria-label="What banks said">
    ${TABS.map(([path, name]) => html`<a href=${path} aria-current=${path === current ? 'page' : nothing}>${name}</a>`)}
  </nav>`

export const returnsStyles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1.25rem;
    margin-block-end: 1.25rem;
    border-block-end: 1px solid var(--portal-border);
  }
  .tabs a {
    padding: 0.5rem 0;
    text-decoration: none;
    border-block-end: 3px solid transparent;
  }
  .tabs a[aria-current] {
    font-weight: 600;
    border-block-end-color: currentcolor;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(7rem, max-content) 1fr;
    gap: 0.4rem 1.25rem;
  }
  .facts dt {
    color: var(--portal-muted);
  }
  .facts dd {
    overflow-wrap: anywhere;
  }
  @media (max-width: 30rem) {
    .facts {
      grid-template-columns: 1fr;
      gap: 0;
    }
    .facts dd {
      margin-block-end: 0.6rem;
    }
  }
`
