import type { ComponentChildren } from 'preact'

/** A remark beside the main line of a page. */
export function Notice(props: { kind?: 'information' | 'warning'; title?: string; children: ComponentChildren }) {
  return (
    <div class={`notice ${props.kind ?? 'information'}`} role="note">
      {props.title && <p class="notice-title">{props.title}</p>}
      {props.children}
    </div>
  )
}
