/** A moment to read, with the time zone that it is told in: that of the server, seldom the reader's. */
export const timeText = (at: number | string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    ...{ day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' },
  }).format(new Date(at))
