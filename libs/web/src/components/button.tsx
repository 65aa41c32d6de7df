import type { ComponentChildren } from 'preact'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

/** A button that submits its form; with `href`, a link that looks like one. */
export function Button(props: {
  kind?: ButtonKind
  name?: string
  value?: string
  href?: string
  children: ComponentChildren
}) {
  const look = `button ${props.kind ?? 'primary'}`
  if (props.href !== undefined)
    return (
      <a class={look} href={props.href}>
        {props.children}
      </a>
    )
  return (
    <button class={look} type="submit" name={props.name} value={props.value}>
      {props.children}
    </button>
  )
}
