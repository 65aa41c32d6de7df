import { defaults } from '../numbers.js'

/** As much of a kept message as a page shows; a cut one ends in an ellipsis, and never in half a character. */
export const shownMessage = (message: string): string =>
  message.length <= defaults.returnMessageMaxShown
    ? message
    : `${message.slice(0, defaults.returnMessageMaxShown - 1).replace(/[\ud800-\udbff]$/, '')}…`
