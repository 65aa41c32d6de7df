/**
 * A line in which nothing can steer a terminal: control characters and invisible signs of writing direction are shown as
 * U+FFFD, line ends too. Names, titles and file names are strangers' data.
 */
export const harmless = (line: string): string => line.replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}')
