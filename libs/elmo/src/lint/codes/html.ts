const tag =
  /<\/?(?:p|br|b|i|u|em|strong|ul|ol|li|dl|dt|dd|span|div|a|img|table|thead|tbody|tr|td|th|sub|sup|font|pre|h[1-6])(?:\s[^<>]*)?\/?>/i
const entity =
  /&(?:nbsp|amp|lt|gt|quot|apos|[aeiouy](?:acute|grave|uml|circ)|szlig|[ao]ring|#\d{1,6}|#x[0-9a-f]{1,5});/i
const heavyTag = /<(?:table|img|h[1-6]|iframe|form|object|embed|video|audio|font)\b/i
const activeMarkup =
  /<(?:script|style|iframe|object|embed|form|svg|link|meta)\b|\son[a-z]+\s*=|(?:javascript|vbscript)\s*:/i

/** Whether a text that should be plain holds HTML tags or references. */
export const holdsHtml = (text: string): boolean => tag.test(text) || entity.test(text)

/** Whether HTML goes beyond paragraphs, lists and emphasis. */
export const holdsHeavyHtml = (html: string): boolean => heavyTag.test(html)

/** Whether HTML could do something in a browser. */
export const holdsActiveHtml = (html: string): boolean => activeMarkup.test(html)
