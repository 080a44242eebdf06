const EVENTS = [
  'beforeinput',
  'input',
  'change',
  'keydown',
  'keypress',
  'keyup',
  'paste',
  'copy',
  'cut',
  'drop',
] as const

const carriesCharacter = (event: Event) => !(event instanceof KeyboardEvent) || event.key.length === 1

/** Keeps events that say what was typed inside: they would otherwise reach listeners of the page, character by character. */
export function guardDigits(input: HTMLInputElement): void {
  for (const type of EVENTS) {
    input.addEventListener(type, (event) => {
      if (carriesCharacter(event)) event.stopPropagation()
    })
  }
}
