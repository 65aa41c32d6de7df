import type { PlainBrowser } from '@emrex-gateway/testing'

/** The tolerances and notices that the review page names in its technical details. */
export const remarksOn = (browser: PlainBrowser): readonly string[] =>
  (/how the document was sent: ([a-z0-9 ,-]+?) Take these/.exec(browser.text)?.[1] ?? '')
    .split(', ')
    .filter((remark) => remark !== '')
