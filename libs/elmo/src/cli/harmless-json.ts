const escape = (characters: string): string =>
  Array.from({ length: characters.length }, (_, at) => {
    return `\\u${characters.charCodeAt(at).toString(16).padStart(4, '0')}`
  }).join('')

/** JSON in which nothing can steer a terminal, and which means the same: what `harmless` replaces is escaped here. */
export const harmlessJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, escape)
