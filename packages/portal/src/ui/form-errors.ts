import type { FieldProblem } from '@fistworks/contract'

/** The sentence to show at each field, by the field's name. */
export type FormErrors = Readonly<Record<string, string>>

interface Issue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/**
 * Of what the schema found: the first problem of each field. A field inside a part has the part's path, like
 * `authentication.password`. What was left empty is said to be empty, whatever else it is not.
 */
export function errorsOfIssues(issues: readonly Issue[], texts: Readonly<Record<string, string>> = {}): FormErrors {
  const errors: Record<string, string> = {}
  for (const { code, path, message } of issues) {
    const names = path.filter((part) => typeof part === 'string')
    const isEmpty = texts[names.at(-1) ?? ''] === ''
    errors[names.join('.')] ??= isEmpty ? 'must not be empty' : code === 'too_big' ? 'is too long' : message
  }
  return errors
}

/** Of what the server found; its pointers (RFC 6901) name the same fields. */
export function errorsOfProblems(problems: readonly FieldProblem[]): FormErrors {
  return errorsOfIssues(
    problems.map(({ pointer, message }) => ({
      path: pointer.split('/').filter((part) => part !== '' && !/^\d+$/.test(part)),
      message,
    })),
  )
}

/** A form's texts by name; white space around them goes, files never come. */
export function textsOf(form: HTMLFormElement): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') texts[name] = value.trim()
  return texts
}

/** What is left to say once a person changes this field. */
export function withoutField(errors: FormErrors, name: string): FormErrors {
  const left = Object.entries(errors).filter(([key]) => key !== name && !key.endsWith(`.${name}`))
  return left.length === Object.keys(errors).length ? errors : Object.fromEntries(left)
}

/** Moves the focus to the first field that is wrong, once it is marked; fields that are elements show their own error. */
export function focusFirstWrong(root: ShadowRoot | null): void {
  const fields = [
    ...(root?.querySelectorAll<HTMLElement>('[aria-invalid], portal-number-field, fist-recipient-picker') ?? []),
  ]
  fields
    .find((field) => field.getAttribute('aria-invalid') === 'true' || ('error' in field && field.error !== ''))
    ?.focus()
}
