import { css } from 'lit'

/** A dialog in front of the page. */
export const dialogStyles = css`
  dialog {
    width: min(28rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 1.5rem;
    border: 1px solid var(--portal-border);
    border-radius: 0.75rem;
    background: var(--portal-card);
    color: var(--portal-text);
    overflow: auto;
    overflow-wrap: anywhere;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 0.45);
  }
  dialog .actions {
    justify-content: end;
  }
`
