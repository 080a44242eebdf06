/** The development pages' one style sheet. */
export const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: light-dark(#dcdfe4, #33373d); --quiet: light-dark(#5b6470, #a2abb8); }
body { margin: 0; background: light-dark(#f7f8fa, #15171a); color: light-dark(#1b1f24, #e8eaed); }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; padding: .75rem 1.5rem; border-bottom: 1px solid var(--line); }
nav { display: flex; gap: 1rem; margin-inline-start: auto; }
a { color: light-dark(#1f5fbf, #8ab8ff); }
main { max-width: 60rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
.cards li { min-width: 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: light-dark(#fff, #1d2024); }
h2 { margin: 0; font-size: 1.05rem; overflow-wrap: anywhere; }
.meta { margin: .25rem 0 .75rem; color: var(--quiet); font-size: .9rem; }
pre { margin: 0; overflow-x: auto; font: 12px/1.5 ui-monospace, monospace; }
`
