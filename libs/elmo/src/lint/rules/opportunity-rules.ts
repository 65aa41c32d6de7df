import { isErasmusSubjectArea, isIscedField } from '../codes/field-codes.js'
import { holdsActiveHtml, holdsHeavyHtml } from '../codes/html.js'
import type { LearningOpportunitySpecification } from '../../model.js'
import type { RuleEntry } from '../lint-rule.js'
import { childTypes, hasEcts, identifiersOf } from './results.js'
import { isBlank } from './texts.js'

const types = ['Degree Programme', 'Module', 'Course', 'Class']
const isKnownType = (type: string): boolean => types.some((known) => known.toLowerCase() === type.trim().toLowerCase())
const rank = (type: string | undefined): number => types.indexOf(type ?? '')

const titlesOf = ({ title }: LearningOpportunitySpecification): Set<string> =>
  new Set(title.map(({ value }) => value.trim().toLowerCase()))

/** Whether a local identifier is used for two things: the same one may well stand twice, for two attempts. */
function findSharedIds(
  all: readonly LearningOpportunitySpecification[],
  above: string,
  used: Map<string, ReadonlySet<string>>,
  found: (message: string, below: string) => void,
  name = 'learningOpportunitySpecification',
): void {
  all.forEach((los, index) => {
    const own = name === 'hasPart' ? `hasPart[${index + 1}]/learningOpportunitySpecification` : `${name}[${index + 1}]`
    const path = above === '' ? own : `${above}/${own}`
    const titles = titlesOf(los)
    for (const id of identifiersOf(los, 'local')) {
      const key = `${los.type ?? ''}\n${id}`
      const known = used.get(key)
      if (known === undefined) used.set(key, titles)
      else if (![...titles].some((title) => known.has(title))) {
        found('a local identifier that another opportunity of this type has too', path)
      }
    }
    findSharedIds(los.parts ?? [], path, used, found, 'hasPart')
  })
}

/** Rules about what can be learnt. */
export const opportunityRules: readonly RuleEntry[] = [
  {
    id: 'LOS-TYPE-GIVE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A type is given where one of the four fits, and none where none does.',
    hint: 'What gives ECTS credits is a Course, or a Module or Degree Programme made of courses.',
    checks: {
      opportunity: ({ los }, found) => {
        if (los.type === undefined && hasEcts(los)) found('ECTS credits, but no type')
      },
    },
  },
  {
    id: 'LOS-TYPE-UNKNOWN',
    keyword: 'MUST',
    severity: 'warning',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A reader treats a type that it does not know as if none were given.',
    hint: 'Use one of the four types; another one is of no use to readers, and the schema refuses it.',
    checks: {
      opportunity: ({ los: { type } }, found) => {
        if (type !== undefined && !isKnownType(type)) found('a type that no reader knows', 'type')
      },
    },
  },
  {
    id: 'LOS-TYPE-ORDER',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Down the tree types go from Degree Programme over Module and Course to Class, never back.',
    hint: 'Turn the nesting round, or leave out the type of what does not fit.',
    checks: {
      opportunity: ({ los, above }, found) => {
        const own = rank(los.type)
        if (own >= 0 && above.types.some((type) => rank(type) > own)) found(`${los.type} below a smaller type`, 'type')
      },
    },
  },
  {
    id: 'LOS-DP-TOP',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A Degree Programme is part of nothing (at most of another one) and is made of Modules and Courses.',
    hint: 'Put Classes into Courses, and the programme to the top.',
    checks: {
      opportunity: ({ los, above }, found) => {
        if (los.type !== 'Degree Programme') return
        if (above.types.some((type) => type !== 'Degree Programme'))
          found('a Degree Programme inside something else', 'type')
        if (childTypes(los).includes('Class')) found('a Degree Programme with a Class as its part')
      },
    },
  },
  {
    id: 'LOS-MODULE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A Module is part of a Degree Programme at most, and its parts are Courses.',
    hint: 'Use Module for what lies between programme and course alone.',
    checks: {
      opportunity: ({ los, above }, found) => {
        if (los.type !== 'Module') return
        if (rank(above.types.at(-1)) > 0) found('a Module inside something that is no Degree Programme', 'type')
        if (childTypes(los).some((type) => type !== 'Course')) found('a Module with parts that are no Courses')
      },
    },
  },
  {
    id: 'LOS-COURSE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A Course is part of a Degree Programme or a Module; its parts are Classes. Nothing smaller earns ECTS.',
    hint: 'Give the parts of a course the type Class, or none.',
    checks: {
      opportunity: ({ los, above }, found) => {
        if (los.type === 'Class' && hasEcts(los)) found('a Class with ECTS credits', 'type')
        if (los.type !== 'Course') return
        if (rank(above.types.at(-1)) > 1) found('a Course inside a Course or a Class', 'type')
        if (childTypes(los).some((type) => type !== 'Class')) found('a Course with parts that are no Classes')
      },
    },
  },
  {
    id: 'LOS-CLASS',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A Class belongs to a Course, and what is inside it has no type.',
    hint: 'Put the class into its course.',
    checks: {
      opportunity: ({ los, above }, found) => {
        if (los.type !== 'Class') return
        if (!above.types.includes('Course')) found('a Class that belongs to no Course', 'type')
        if (childTypes(los).length > 0) found('a Class with parts that have a type')
      },
    },
  },
  {
    id: 'LOS-DEPTH',
    keyword: 'INFO',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'More than four levels are unusual and legal.',
    hint: 'See whether a level says nothing of its own.',
    checks: {
      opportunity: ({ above }, found) => {
        if (above.count === 4) found('a fifth level of opportunities')
      },
    },
  },
  {
    id: 'LOS-TITLE',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'There is a title, in English if possible; without one, something made of code and type.',
    hint: 'Write the code where there is no name.',
    checks: {
      opportunity: ({ los }, found) => {
        if (los.title.every(({ value }) => isBlank(value))) found('no title that says anything')
      },
    },
  },
  {
    id: 'LOS-LOCAL-UNIQUE',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A local identifier, together with the type, names one thing of its institution.',
    hint: 'Make the code unique (with a version, say), or leave the identifier out.',
    checks: {
      report: ({ learningOpportunitySpecification: all = [] }, found) => findSharedIds(all, '', new Map(), found),
    },
  },
  {
    id: 'LOS-LOCAL-GIVE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'The local identifier, the code of the course, is given; some receivers take nothing without it.',
    hint: 'Add an identifier of type local with the code that the institution prints.',
    checks: {
      opportunity: ({ los }, found) => {
        if (identifiersOf(los, 'local').every(isBlank)) found('no identifier of type local')
      },
    },
  },
  {
    id: 'LOS-ID-REQUIRED',
    keyword: 'MUST',
    who: 'producer',
    releases: '2.0.0-',
    source: 'annotation',
    summary: 'There is at least one identifier.',
    hint: 'Add an identifier of type local.',
    checks: {
      opportunity: ({ los: { identifier = [] } }, found) => {
        if (identifier.length === 0) found('no identifier')
      },
    },
  },
  {
    id: 'LOS-ISCED',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.1.0-',
    source: 'annotation',
    summary: 'iscedCode is a code of ISCED-F 2013, of two to four digits.',
    hint: 'Translate national codes of fields, or leave the element out.',
    checks: {
      opportunity: ({ los: { iscedCode } }, found) => {
        if (iscedCode !== undefined && !isIscedField(iscedCode.trim())) found('no code of ISCED-F', 'iscedCode')
      },
      recognition: ({ iscedCode }, found) => {
        if (iscedCode !== undefined && !isIscedField(iscedCode.trim())) found('no code of ISCED-F', 'iscedCode')
      },
    },
  },
  {
    id: 'LOS-SUBJECT',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'subjectArea is a subject area code of Erasmus, such as 11.3.',
    hint: 'Write an Erasmus code, or use iscedCode.',
    checks: {
      opportunity: ({ los: { subjectArea } }, found) => {
        if (subjectArea !== undefined && !isErasmusSubjectArea(subjectArea.trim())) {
          found('no subject area code of Erasmus', 'subjectArea')
        }
      },
    },
  },
  {
    id: 'LOS-HTML-SIMPLE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'descriptionHtml keeps to paragraphs, emphasis and lists: no tables, images, headings.',
    hint: 'Simplify the markup.',
    checks: {
      opportunity: ({ los: { descriptionHtml = [] } }, found) => {
        descriptionHtml.forEach(({ value }, index) => {
          if (holdsHeavyHtml(value)) found('HTML beyond the basic tags', `descriptionHtml[${index + 1}]`)
        })
      },
    },
  },
  {
    id: 'LOS-HTML-PAIR',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'Beside descriptionHtml stands a plain description.',
    hint: 'Add the same text without markup as description.',
    checks: {
      opportunity: ({ los: { description = [], descriptionHtml = [] } }, found) => {
        if (descriptionHtml.length > 0 && description.length === 0) {
          found('descriptionHtml without description', 'descriptionHtml[1]')
        }
      },
    },
  },
  {
    id: 'LOS-HTML-SAFE',
    keyword: 'SHOULD',
    who: 'reader',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'A reader cleans HTML before it shows it, or shows the plain text, and never turns line breaks into tags.',
    hint: 'Send no scripts, event attributes, frames or forms.',
    checks: {
      opportunity: ({ los: { descriptionHtml = [] } }, found) => {
        descriptionHtml.forEach(({ value }, index) => {
          if (holdsActiveHtml(value)) found('HTML that could act in a browser', `descriptionHtml[${index + 1}]`)
        })
      },
    },
  },
  {
    id: 'TXT-MULTILINE',
    keyword: 'SHOULD',
    who: 'reader',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Line breaks in texts of several lines mean something and are shown.',
    hint: 'Show such texts with their line breaks.',
    notCheckable: 'It is about how a reader shows texts.',
  },
]
