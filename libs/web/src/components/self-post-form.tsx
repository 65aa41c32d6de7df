import type { ComponentChildren } from 'preact'
import { HiddenFields } from './hidden-fields.js'

/** A form that the static script submits once by itself; put a visible button inside for people without script. */
export function SelfPostForm(props: {
  url: string
  fields: Readonly<Record<string, string>>
  children: ComponentChildren
}) {
  return (
    <form method="post" action={props.url} acceptCharset="utf-8" data-auto-submit>
      <HiddenFields fields={props.fields} />
      {props.children}
    </form>
  )
}
