import { css } from 'lit'

export const shellStyles = css`
  :host {
    display: grid;
    grid-template-columns: 15.5rem minmax(0, 1fr);
    min-height: 100vh;
  }
  .skip {
    position: absolute;
    inset-inline-start: 1rem;
    inset-block-start: -6rem;
    z-index: 1;
  }
  .skip:focus {
    inset-block-start: 1rem;
  }
  header {
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    padding: 1.25rem 1rem;
    background: var(--portal-card);
    border-inline-end: 1px solid var(--portal-border);
    position: sticky;
    inset-block-start: 0;
    height: 100vh;
    overflow: auto;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    color: inherit;
    text-decoration: none;
    font-weight: 650;
    font-size: 1.0625rem;
    flex: 1;
  }
  .top {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding-inline: 0.5rem;
  }
  .menu {
    display: none;
  }
  .drawer {
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    flex: 1;
  }
  nav ul {
    display: grid;
    gap: 0.125rem;
  }
  nav a {
    display: block;
    padding: 0.5rem 0.75rem;
    border-radius: 0.5rem;
    color: var(--portal-muted);
    text-decoration: none;
    font-weight: 500;
  }
  nav a:hover {
    color: var(--portal-text);
  }
  nav a[aria-current] {
    background: var(--portal-tint);
    color: var(--portal-accent);
    font-weight: 600;
  }
  .organization {
    padding-inline: 0.5rem;
    display: grid;
    gap: 0.3rem;
    overflow-wrap: anywhere;
  }
  .organization select {
    width: 100%;
    min-height: 2.25rem;
    border: 1px solid var(--portal-border-strong);
    border-radius: 0.5rem;
    background: var(--portal-card);
    color: inherit;
    font: inherit;
    padding-inline: 0.5rem;
  }
  .person {
    margin-block-start: auto;
    padding: 1rem 0.5rem 0;
    border-block-start: 1px solid var(--portal-border);
    display: grid;
    gap: 0.25rem;
    justify-items: start;
    overflow-wrap: anywhere;
  }
  .person .button {
    margin-inline-start: -0.5rem;
  }
  main {
    padding: 2rem clamp(1rem, 4vw, 3rem) 4rem;
    max-width: 76rem;
    width: 100%;
    min-width: 0;
  }
  h1 {
    margin: 0 0 1.25rem;
    font-size: 1.75rem;
    line-height: 1.25;
    letter-spacing: -0.02em;
    font-weight: 650;
  }
  h1:focus {
    outline: none;
  }
  .ending {
    margin-block-end: 1.25rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    align-items: center;
    justify-content: space-between;
  }
  @media (max-width: 52rem) {
    :host {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    header {
      position: static;
      height: auto;
      padding: 0.75rem 0.5rem;
      gap: 0.75rem;
      border-inline-end: 0;
      border-block-end: 1px solid var(--portal-border);
    }
    .menu {
      display: inline-flex;
    }
    .drawer:not(.open) {
      display: none;
    }
    main {
      padding-block-start: 1.25rem;
    }
    h1 {
      font-size: 1.5rem;
    }
  }
`
