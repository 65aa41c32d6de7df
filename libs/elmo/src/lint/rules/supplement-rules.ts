import { isMediaType } from '../codes/media-type.js'
import { supplementSections, supplementVersions } from '../codes/supplement-sections.js'
import type { RuleEntry } from '../lint-rule.js'
import { isBlank } from './texts.js'

/** Rules about the diploma supplement, groups and extensions. */
export const supplementRules: readonly RuleEntry[] = [
  {
    id: 'DS-VERSION',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.4.0-',
    source: 'annotation',
    summary: 'The version of a supplement is the year of its model: 1997, 2007 or 2018; empty means 2018.',
    hint: 'Write 2018.',
    checks: {
      supplement: ({ supplement: { version } }, found) => {
        if (!isBlank(version) && !supplementVersions.has(version.trim())) found('no year of a model', 'version')
      },
    },
  },
  {
    id: 'DS-TITLES',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.4.0-',
    source: 'annotation',
    summary: 'Sections have the numbers and titles of the official model; a part begins with the number of its whole.',
    hint: 'Number sections 1 to 8 and their parts 1.1, 1.2 and so on.',
    checks: {
      section: ({ section: { number, title }, parentNumber }, found) => {
        const own = number.trim()
        if (parentNumber !== undefined && !own.startsWith(`${parentNumber.trim()}.`)) {
          found('a number that does not begin with that of its section', '@number')
        } else if (!supplementSections.has(own) && own.split('.').length < 3) {
          found('a number that the model does not have', '@number')
        }
        if (isBlank(title)) found('a section without title', 'title')
      },
    },
  },
  {
    id: 'DS-CONTENT-CDATA',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.4.0-',
    source: 'annotation',
    summary: 'Content with markup is written as CDATA.',
    hint: 'Let the writer wrap such content in CDATA; a reader sees no difference, so this is for documents alone.',
    ofSource: true,
    checks: {
      section: ({ section: { content } }, found, source) => {
        if (content === undefined || !/<[a-z!/]/i.test(content.value)) return
        const element = source?.elementAt('content')
        if (element !== undefined && !source?.holdsCdata(element)) found('markup that is not CDATA', 'content')
      },
    },
  },
  {
    id: 'DS-CONTENT-TYPE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.4.0-',
    source: 'annotation',
    summary: 'The type of content is a media type of the IANA list.',
    hint: 'Write text/html, not html; leave it out for plain text.',
    checks: {
      section: ({ section: { content } }, found) => {
        const type = content?.type
        if (type !== undefined && !isMediaType(type.trim())) found('no media type', 'content/@type')
      },
    },
  },
  {
    id: 'DS-CONTENT-EMPTY',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.4.0-',
    source: 'annotation',
    summary: 'A section without content has sections of its own.',
    hint: 'Say why there is nothing to say, or leave the section out.',
    checks: {
      section: ({ section: { content, section = [] } }, found) => {
        if (isBlank(content?.value) && section.length === 0) found('a section with nothing in it')
      },
    },
  },
  {
    id: 'DS-LANG',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.4.0-',
    source: 'annotation',
    summary: 'xml:lang names the language in which the supplement was issued.',
    hint: 'Add xml:lang to diplomaSupplement.',
    checks: {
      supplement: ({ supplement: { lang } }, found) => {
        if (isBlank(lang)) found('no xml:lang')
      },
    },
  },
  {
    id: 'GRP-SORT',
    keyword: 'INFO',
    who: 'reader',
    releases: '1.3.0-',
    source: 'annotation',
    summary: 'A reader sorts groups by sortingKey, as numbers where all are numbers.',
    hint: 'Give a key to each group of a type, or to none.',
    checks: {
      groupType: ({ group = [] }, found) => {
        const keyed = group.filter(({ sortingKey }) => !isBlank(sortingKey))
        if (keyed.length > 0 && keyed.length < group.length) found('some groups have a sortingKey, others have none')
        const keys = new Set(keyed.map(({ sortingKey }) => sortingKey?.trim()))
        if (keys.size < keyed.length) found('two groups with one sortingKey')
      },
    },
  },
  {
    id: 'EXT-AVOID',
    keyword: 'SHOULD',
    severity: 'notice',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'What the format has an element for stands in that element, not in an extension that few can read.',
    hint: 'See whether an element of the format will do; the extension itself is legal.',
    checks: {
      document: ({ extension = [] }, found) => {
        if (extension.length > 0) found('an extension', 'extension')
      },
      opportunity: ({ los, loi }, found) => {
        const given = [los.extension, los.specifiesExtension, loi.extension].some((each) => (each ?? []).length > 0)
        if (given) found('an extension')
      },
      attachment: ({ attachment: { extension = [] } }, found) => {
        if (extension.length > 0) found('an extension', 'extension')
      },
    },
  },
]
