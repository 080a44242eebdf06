import { css } from 'lit'

export const achFilesStyles = css`
  .row {
    grid-template-columns: minmax(9rem, 2fr) minmax(6rem, 0.9fr) minmax(9.5rem, 1fr);
  }
  .open {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_text);
    font-weight: 600;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  /* The whole row opens the file; the name is what the keyboard reaches. */
  .open::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .row:not(.row-head) {
    position: relative;
  }
  .row:hover .open {
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .open:focus-visible {
    outline: none;
  }
  .open:focus-visible::after {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .status {
    text-align: end;
  }
  .back {
    padding: 0.75rem 0.875rem 0;
  }
  fist-ach-file {
    --fist-frame-border: 0;
  }
  @container (max-width: 40rem) {
    .row {
      grid-template-columns: 1fr auto;
    }
    .row .status {
      grid-area: 2 / 1 / auto / span 2;
      text-align: start;
    }
  }
`
