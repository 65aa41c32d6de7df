const escaped = '%[0-9A-Fa-f]{2}'
/** What stands in a name of a host or in a segment of a path; `/`, `?`, `#`, `[`, `]`, `@`, `:` and a bare `%` do not. */
const plain = String.raw`[\w.~!$&'()*+,;=-]|${escaped}`
const authority = String.raw`//(?:(?:${plain}|:)*@)?(?:\[[^\]]*\]|(?:${plain})*)(?::\d+)?`
const inSegment = `(?:${plain}|[:@])`
const furtherSegments = `(?:/${inSegment}*)*`
const absolutePath = `${authority}${furtherSegments}|/(?:${inSegment}+${furtherSegments})?`
const withScheme = `[A-Za-z][A-Za-z0-9+.-]*:(?:${absolutePath}|${inSegment}+${furtherSegments}|)`
/** Its first segment holds no colon: that would be a scheme. */
const withoutScheme = `(?:${absolutePath}|(?:${plain}|@)+${furtherSegments}|)`
const uriReference = new RegExp(
  String.raw`^(?:${withScheme}|${withoutScheme})(?:\?(?:${plain}|[:@/?])*)?(?:#(?:${plain}|[:@/?[\]])*)?$`,
)

/** Everything that is escaped before a text is looked at as a URI: then it may stand anywhere. */
const escapedFirst = /[^!-~]|[<>"{}|\\^`]/gu

/**
 * Whether a text may be an address, of any scheme or relative. It is the address as readers see it: letters of all
 * alphabets, blanks and other characters that are escaped on the way may stand in it. A port needs digits, as libxml2 has
 * it.
 *
 * Spec: XML Schema 1.0 part 2, 3.2.17; XLink 1.0, 5.4; RFC 3986, 4.1 and appendix A.
 */
export const isUri = (text: string): boolean => uriReference.test(text.replace(escapedFirst, '_'))
