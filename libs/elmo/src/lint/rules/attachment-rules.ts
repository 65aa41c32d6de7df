import type { Attachment, Elmo } from '../../model.js'
import type { Found, RuleEntry } from '../lint-rule.js'
import { beginning, canTell, decodedSize, isBase64, parseDataUri, type DataUri } from './data-uri.js'
import { isBlank } from './texts.js'

/** What is called light: scanned diplomas of partners take up to 0.9 MiB. */
const lightBytes = 2 * 1024 * 1024

const knownTypes = new Set(
  [
    ...['Diploma', 'Diploma Supplement', 'Transcript of Records', 'EMREX transcript', 'Micro Credential'],
    ...['Letter of Nomination', 'Certificate of Training', 'Learning Agreement', 'Certificate of Enrolment', 'Other'],
  ].map((type) => type.toLowerCase()),
)
/** What one institution gives to a learner of its own. */
const ofOneInstitution = new Set(['Diploma', 'Diploma Supplement', 'Certificate of Training', 'Micro Credential'])

const signatures: readonly (readonly [string, RegExp])[] = [
  ['application/pdf', /^\s*%PDF-/],
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
]

export const dataUris = ({ content = [] }: Attachment): (DataUri | undefined)[] =>
  content.map(({ value }) => parseDataUri(value))

const everyAttachment = ({ attachments = [], reports }: Elmo): Attachment[] => [
  ...attachments,
  ...reports.flatMap(({ attachment = [] }) => attachment),
]

function findTaken(attachments: readonly Attachment[] = [], above: string, taken: Set<string>, found: Found): void {
  attachments.forEach(({ identifier = [] }, index) => {
    const own = new Set(identifier.map(({ value }) => value.trim()))
    if ([...own].some((id) => taken.has(id))) {
      found('an identifier that another attachment has too', `${above}attachment[${index + 1}]/identifier[1]`)
    }
    for (const id of own) taken.add(id)
  })
}

/** Rules about attachments. */
export const attachmentRules: readonly RuleEntry[] = [
  {
    id: 'ATT-REQUIRED',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'People can read all that matters, and whose it is, in an attachment: there is at least one.',
    hint: 'Attach a transcript as PDF.',
    checks: {
      document: (elmo, found) => {
        const given = everyAttachment(elmo).some(({ content = [] }) => content.some(({ value }) => !isBlank(value)))
        if (!given) found('no attachment that people could read')
      },
    },
  },
  {
    id: 'ATT-PDF',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Attachments are PDF; a reader may pass over others.',
    hint: 'Send application/pdf.',
    checks: {
      attachment: ({ attachment }, found) => {
        dataUris(attachment).forEach((uri, index) => {
          if (uri !== undefined && uri.mediaType !== 'application/pdf') found('no PDF', `content[${index + 1}]`)
        })
      },
    },
  },
  {
    id: 'ATT-SCOPE',
    keyword: 'MUST*',
    severity: 'warning',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'What one institution attaches stands in its report, what none or several do at the end of the document.',
    hint: 'Move diplomas, supplements and certificates into the report of their institution.',
    checks: {
      attachment: ({ attachment: { type }, of }, found) => {
        if (of === 'document' && ofOneInstitution.has(type ?? '')) found(`a ${type} outside the reports`, 'type')
      },
    },
  },
  {
    id: 'ATT-EMREX-PLACE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.1.0-',
    source: 'annotation',
    summary: 'An EMREX transcript stands outside the reports, a Transcript of Records inside its report.',
    hint: 'Move the attachment, or give it the other type.',
    checks: {
      attachment: ({ attachment: { type }, of }, found) => {
        if (of !== 'document' && type === 'EMREX transcript') found('an EMREX transcript inside a report', 'type')
        if (of !== 'report' && type === 'Transcript of Records') {
          found('a Transcript of Records outside its report', 'type')
        }
      },
    },
  },
  {
    id: 'ATT-TYPE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'An attachment says its type where one fits; from 1.2 on Other fits the rest.',
    hint: 'Add type.',
    checks: {
      attachment: ({ attachment, of }, found) => {
        if (of !== 'section' && attachment.type === undefined) found('an attachment without type')
      },
    },
  },
  {
    id: 'ATT-TYPE-UNKNOWN',
    keyword: 'SHOULD',
    who: 'reader',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'A reader is ready for types of attachments that it does not know.',
    hint: 'Use one of the types of the schema; it refuses others.',
    checks: {
      attachment: ({ attachment: { type } }, found) => {
        if (type !== undefined && !knownTypes.has(type.trim().toLowerCase()))
          found('a type that no release has', 'type')
      },
    },
  },
  {
    id: 'ATT-TITLE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'An attachment has a title, for lists.',
    hint: 'Add title, in English at least.',
    checks: {
      attachment: ({ attachment: { title = [] } }, found) => {
        if (title.every(({ value }) => isBlank(value))) found('an attachment without title')
      },
    },
  },
  {
    id: 'ATT-DESC-REDUNDANT',
    keyword: 'SHOULD NOT',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'The description of an attachment does not say its title again.',
    hint: 'Leave the description out.',
    checks: {
      attachment: ({ attachment: { title = [], description = [] } }, found) => {
        const titles = new Set(title.map(({ value }) => value.trim().toLowerCase()))
        description.forEach(({ value }, index) => {
          if (titles.has(value.trim().toLowerCase())) found('the title again', `description[${index + 1}]`)
        })
      },
    },
  },
  {
    id: 'ATT-DATA-URI',
    keyword: 'MUST*',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Content is a data: URI with media type and base64 that can be decoded.',
    hint: 'Write data:application/pdf;base64, and the base64 behind it.',
    reported: true,
    checks: {
      attachment: ({ attachment }, found) => {
        dataUris(attachment).forEach((uri, index) => {
          const at = `content[${index + 1}]`
          if (uri === undefined) found('content is no data: URI', at)
          else if (uri.isBase64 && !isBase64(uri.data)) found('base64 that cannot be decoded', at)
        })
      },
    },
  },
  {
    id: 'ATT-LANGS',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'Several contents of an attachment are the same in several languages, each with its xml:lang.',
    hint: 'Add xml:lang, or make attachments of their own.',
    checks: {
      attachment: ({ attachment: { content = [] } }, found) => {
        const languages = new Set(content.map(({ lang }) => lang?.toLowerCase()))
        if (content.length > 1 && (languages.has(undefined) || languages.size < content.length)) {
          found('several contents that no language tells apart', 'content[2]')
        }
      },
    },
  },
  {
    id: 'ATT-ID-INTERNAL',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.3.0-',
    source: 'annotation',
    summary: 'The only kind of identifier of an attachment is internal, and no two attachments share one.',
    hint: 'Use type internal and a value of its own for each attachment.',
    checks: {
      attachment: ({ attachment: { identifier = [] } }, found) => {
        identifier.forEach(({ type }, index) => {
          if (type.trim().toLowerCase() !== 'internal') {
            found('an identifier of a type other than internal', `identifier[${index + 1}]`)
          }
        })
      },
      document: ({ attachments, reports }, found) => {
        const taken = new Set<string>()
        findTaken(attachments, '', taken, found)
        reports.forEach(({ attachment }, index) => findTaken(attachment, `report[${index + 1}]/`, taken, found))
      },
    },
  },
  {
    id: 'ATT-ORDER',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Attachments stand in the order of their importance.',
    hint: 'Put first what a reader should open first.',
    notCheckable: 'A document does not say what is important.',
  },
  {
    id: 'ATT-LIGHT',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Attachments are small: below 2 MiB, say.',
    hint: 'Leave out heavy logos and fonts; scan with less detail.',
    checks: {
      attachment: ({ attachment }, found) => {
        dataUris(attachment).forEach((uri, index) => {
          if (uri !== undefined && decodedSize(uri) > lightBytes) found('larger than 2 MiB', `content[${index + 1}]`)
        })
      },
    },
  },
  {
    id: 'ATT-MIME-CHECK',
    keyword: 'SHOULD',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A reader checks the media type, names files by it, and shows nothing but PDF without a download.',
    hint: 'Say the media type that the content has.',
    checks: {
      attachment: ({ attachment }, found) => {
        dataUris(attachment).forEach((uri, index) => {
          const [, expected] = signatures.find(([type]) => type === uri?.mediaType) ?? []
          if (uri !== undefined && canTell(uri) && expected?.test(beginning(uri)) === false) {
            found('content that is not of the media type it names', `content[${index + 1}]`)
          }
        })
      },
    },
  },
]
