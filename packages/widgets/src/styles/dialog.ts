import { css } from 'lit'

export const dialogStyles = css`
  dialog {
    width: min(34rem, calc(100vw - 1.5rem));
    /* In a tall frame of ours: the part that is seen. */
    inset-block: var(--fist-view-top, 0) var(--fist-view-bottom, 0);
    max-height: calc(100dvh - var(--fist-view-top, 0px) - var(--fist-view-bottom, 0px) - 1.5rem);
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1.5rem 4rem rgb(0 0 0 / 0.25);
    overflow: auto;
  }
  dialog::backdrop {
    background: rgb(6 20 17 / 0.45);
  }
  .dialog-body {
    container-type: inline-size;
    display: grid;
    gap: 1.25rem;
    padding: 1.5rem;
  }
  .dialog-body .actions {
    justify-content: flex-end;
  }
  @media (max-width: 30rem) {
    .dialog-body {
      padding: 1.125rem;
    }
  }
`
