import { css } from 'lit'

/**
 * Rows of a list. A chunk that is out of sight costs no layout: `content-visibility` leaves it out, and its last size
 * stands for it.
 */
export const listStyles = css`
  .rows {
    border-block-start: 1px solid var(--_border);
  }
  .long {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 3500px;
  }
  .row {
    display: grid;
    align-items: center;
    gap: 0.25rem 1rem;
    padding: 0.75rem 1.5rem;
    border-block-end: 1px solid var(--_border);
  }
  .chunk:last-child .row:last-child {
    border-block-end: 0;
  }
  .row:not(.row-head):hover {
    background: var(--_sunken);
  }
  .row-head {
    padding-block: 0.5rem;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 550;
    background: var(--_sunken);
  }
  .cell {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .foot {
    padding: 1rem 1.5rem;
    border-block-start: 1px solid var(--_border);
    text-align: center;
  }
  @container (max-width: 40rem) {
    .row {
      padding-inline: 1rem;
    }
    .row-head {
      position: absolute;
      width: 1px;
      height: 1px;
      padding: 0;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`
