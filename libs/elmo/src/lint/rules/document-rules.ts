import { holdsHtml } from '../codes/html.js'
import type { RuleEntry } from '../lint-rule.js'
import { isNotPassed } from './results.js'
import { hasZone, isLater } from './dates.js'

/** Rules about the document as a whole. */
export const documentRules: readonly RuleEntry[] = [
  {
    id: 'DOC-PLAINTEXT',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Text is plain: no HTML tags, no HTML references, except in descriptionHtml and in supplement content.',
    hint: 'Write the text without markup; put marked-up text into descriptionHtml.',
    checks: {
      text: ({ name, value }, found) => {
        if (name !== 'descriptionHtml' && holdsHtml(value)) found('the text holds HTML')
      },
    },
  },
  {
    id: 'DOC-IGNORE-UNKNOWN',
    keyword: 'MUST',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary:
      'A reader passes over elements and attributes that it does not know, for a newer release may come any day.',
    hint: 'Read by names and leave the rest.',
    notCheckable: 'It is about what a reader does.',
  },
  {
    id: 'DOC-ONE-LEARNER',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Every report of a document is about its one learner.',
    hint: 'Make one document for each learner.',
    notCheckable: 'A report does not say whom it is about.',
  },
  {
    id: 'DOC-RICH',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Whatever is known is sent; elements that may be absent are still wanted.',
    hint: 'Fill all that the student information system knows.',
    notCheckable: 'A document does not show what its producer knew; the single rules name what is missing most.',
  },
  {
    id: 'DATE-TZ',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'generatedDate and each issueDate of a report say their time zone.',
    hint: 'End the time with Z or an offset such as +02:00.',
    checks: {
      document: ({ generatedDate }, found) => {
        if (!hasZone(generatedDate)) found('generatedDate has no time zone', 'generatedDate')
      },
      report: ({ issueDate }, found) => {
        if (!hasZone(issueDate)) found('issueDate has no time zone', 'issueDate')
      },
    },
  },
  {
    id: 'DATE-ORDER',
    keyword: 'INFO',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A report is normally not issued after its document was generated; kept data may be older.',
    hint: 'Take generatedDate when the document is finished.',
    checks: {
      document: ({ generatedDate, reports }, found) => {
        reports.forEach(({ issueDate }, index) => {
          if (isLater(issueDate, generatedDate)) {
            found('issueDate is later than generatedDate', `report[${index + 1}]/issueDate`)
          }
        })
      },
    },
  },
  {
    id: 'RPT-ONE-ISSUER',
    keyword: 'MUST',
    severity: 'warning',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Each institution has a report of its own.',
    hint: 'Make one report for each institution. Two values of one kind of identifier are a sign of two institutions.',
    checks: {
      issuer: ({ identifier }, found) => {
        for (const kind of ['schac', 'erasmus', 'pic']) {
          const values = identifier.filter(({ type }) => type.trim().toLowerCase() === kind)
          const distinct = new Set(values.map(({ value }) => value.trim().toLowerCase()))
          if (distinct.size > 1) found(`the issuer has several identifiers of type ${kind}`, 'identifier')
        }
      },
    },
  },
  {
    id: 'RPT-EMPTY-OK',
    keyword: 'INFO',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary:
      'A report without results is legal: the learner chose none of them. It is worth a word, not a manual case.',
    hint: 'Leave the report out when nothing of it was chosen.',
    checks: {
      report: ({ learningOpportunitySpecification: results = [], resultOfRecognition = [] }, found) => {
        if (results.length + resultOfRecognition.length === 0) found('the report has no results')
      },
    },
  },
  {
    id: 'RPT-ONLY-PASSED',
    keyword: 'MUST',
    who: 'producer',
    releases: '-1.1.0',
    source: 'annotation',
    summary: 'Up to 1.1.0 a document holds passed results alone, because it cannot say that one failed.',
    hint: 'Leave out what was not passed, or write 1.2.0 or later with a status.',
    checks: {
      opportunity: ({ loi }, found) => {
        if (isNotPassed(loi)) found('a result that was not passed, which these releases must not hold')
      },
    },
  },
  {
    id: 'RPT-SUBSET',
    keyword: 'INFO',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A report shows a choice of the results and never proves that there are no others.',
    hint: 'Draw no conclusion from what is absent; ELMO 2.1 can say in report/status what was left out.',
    notCheckable: 'It is about what a reader concludes.',
  },
]
