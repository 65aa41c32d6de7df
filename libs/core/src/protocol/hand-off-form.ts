import type { HandOff } from '../browser-action.js'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!)

/** The form by which a browser carries a message on, as HTML with everything escaped: for pages that are made as text. */
export function handOffForm({ url, fields }: HandOff & { readonly kind: 'post' }, button: string): string {
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  )
  return `<form method="post" action="${escaped(url)}">${inputs.join('')}<button>${escaped(button)}</button></form>`
}
