// As canonical form writes them. Spec: Canonical XML 1.0, 2.3.
const inText: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const inAttribute: Record<string, string> = {
  ...{ '&': '&amp;', '<': '&lt;', '"': '&quot;' },
  ...{ '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' },
}

/**
 * Text content that a parser reads back unchanged, as Canonical XML writes it. Text without special characters is
 * returned as it is, not copied.
 */
export const escapeText = (text: string): string =>
  /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (character) => inText[character] ?? character) : text

/** An attribute value, for double quotes, that a parser reads back unchanged, as Canonical XML writes it. */
export const escapeAttribute = (text: string): string =>
  /[&<"\t\n\r]/.test(text) ? text.replace(/[&<"\t\n\r]/g, (character) => inAttribute[character] ?? character) : text

/** Whether the text holds a character that XML 1.0 cannot carry: most control characters and half surrogate pairs. */
export const hasForbiddenCharacter = (text: string): boolean =>
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u.test(text)
