import type { ComponentChildren } from 'preact'

/** The outcome of something, large, under the page's title: it worked, it did not, or it goes on. */
export function Panel(props: { kind: 'success' | 'problem' | 'waiting'; title?: string; children: ComponentChildren }) {
  return (
    <section class={`panel ${props.kind}`}>
      {props.title && <h2>{props.title}</h2>}
      {props.children}
    </section>
  )
}
