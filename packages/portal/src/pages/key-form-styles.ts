import { css } from 'lit'

/** Permissions to tick, in columns where there is room. */
export const keyFormStyles = css`
  .scopes {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr));
    gap: 0.4rem 1rem;
    border: 1px solid var(--portal-border);
    border-radius: 0.5rem;
    padding: 0.75rem 1rem;
  }
  .scopes legend {
    font-weight: 550;
  }
  .scopes p {
    grid-column: 1 / -1;
    margin: 0;
  }
  .check {
    display: flex;
    gap: 0.5rem;
    align-items: start;
  }
`
