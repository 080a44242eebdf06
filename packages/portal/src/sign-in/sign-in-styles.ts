import { css } from 'lit'

export const signInStyles = css`
  :host {
    display: grid;
    min-height: 100vh;
    place-items: center;
    padding: 1rem;
  }
  main.card {
    width: min(26rem, 100%);
    display: grid;
    gap: 1.25rem;
    padding: 2rem;
    margin: 0;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    font-weight: 650;
    font-size: 1.0625rem;
  }
  h1 {
    margin: 0;
    font-size: 1.5rem;
    line-height: 1.25;
    letter-spacing: -0.015em;
  }
  h1:focus {
    outline: none;
  }
  p {
    overflow-wrap: anywhere;
  }
  form {
    gap: 1rem;
  }
  .or {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    color: var(--portal-muted);
  }
  .or::before,
  .or::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--portal-border);
  }
  .or + .button ~ small {
    margin-block-start: -0.5rem;
  }
`
