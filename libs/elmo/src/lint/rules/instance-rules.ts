import { instructionLanguages } from '../codes/instruction-languages.js'
import { isEqfLevel } from '../codes/field-codes.js'
import { instancePath } from '../instance-path.js'
import type { RuleEntry } from '../lint-rule.js'
import type { Issuer } from '../../model.js'
import { isLater } from './dates.js'
import { hasEcts } from './results.js'
import { isBlank, isInEnglish } from './texts.js'

const below = (path: string): string => `${instancePath}/${path}`

/** Rules about when, how and with what status something was learnt. */
export const instanceRules: readonly RuleEntry[] = [
  {
    id: 'LOI-DATE-APPROX',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'What is finished has a date, if need be an approximate one such as the end of the term.',
    hint: 'Add date.',
    checks: {
      opportunity: ({ los, loi }, found) => {
        const isFinished = loi.status !== 'in-progress' && (loi.resultLabel !== undefined || hasEcts(los))
        if (isFinished && loi.date === undefined) found('a result without a date', instancePath)
      },
    },
  },
  {
    id: 'LOI-TERM-COURSE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A Course says its academic term; a Degree Programme, which lasts several terms, has none.',
    hint: 'Add academicTerm to courses and take it from programmes.',
    checks: {
      opportunity: ({ los, loi }, found) => {
        if (los.type === 'Course' && loi.academicTerm === undefined)
          found('a Course without academicTerm', instancePath)
        if (los.type === 'Degree Programme' && loi.academicTerm !== undefined) {
          found('a Degree Programme with academicTerm', below('academicTerm'))
        }
      },
    },
  },
  {
    id: 'LOI-TERM-TITLE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A term has a title in English, and its first day is not after its last.',
    hint: 'Add a title with xml:lang="en"; set the dates right.',
    checks: {
      opportunity: ({ loi: { academicTerm: term } }, found) => {
        if (term === undefined) return
        if (!isInEnglish(term.title)) found('the term has no title in English', below('academicTerm'))
        if (isLater(term.start, term.end)) found('the term starts after its end', below('academicTerm/start'))
      },
    },
  },
  {
    id: 'LOI-STATUS-GIVE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'The status is always given.',
    hint: 'Write passed, failed or in-progress.',
    checks: {
      opportunity: ({ loi }, found) => {
        if (loi.status === undefined) found('no status', instancePath)
      },
    },
  },
  {
    id: 'LOI-STATUS-DEFAULT',
    keyword: 'SHOULD',
    who: 'reader',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'A reader takes what has no status as passed.',
    hint: 'Treat an absent status as passed, and look twice at labels that mean a failure.',
    notCheckable: 'It is about what a reader concludes; LOI-STATUS-GIVE names where the status is missing.',
  },
  {
    id: 'LOI-STATUS-STABLE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'passed and failed stay for ever; in-progress becomes one of them some day.',
    hint: 'Send a status only when it is final.',
    notCheckable: 'It takes two documents of different days to see.',
  },
  {
    id: 'LOI-RESULT',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'resultLabel is the grade as official papers print it.',
    hint: 'Add resultLabel to what was finished, also where it is only "passed" in words.',
    checks: {
      opportunity: ({ los, loi }, found) => {
        if (loi.resultLabel !== undefined && isBlank(loi.resultLabel))
          found('an empty resultLabel', below('resultLabel'))
        if (loi.resultLabel === undefined && hasEcts(los) && loi.status !== 'in-progress') {
          found('ECTS credits without resultLabel', instancePath)
        }
      },
    },
  },
  {
    id: 'LOI-LEVEL-UNKNOWN',
    keyword: 'SHOULD',
    severity: 'notice',
    who: 'reader',
    releases: '1.2.0-',
    source: 'annotation',
    summary: 'A reader passes over kinds of levels that it does not know; EQF, with levels 1 to 8, it must know.',
    hint: 'Give a level of type EQF with a value from 1 to 8, others beside it.',
    checks: {
      opportunity: ({ loi: { level = [] } }, found) => {
        if (level.length > 0 && !level.some(({ type }) => type.trim().toUpperCase() === 'EQF')) {
          found('no level of type EQF among the levels', below('level[1]'))
        }
        level.forEach(({ type, value }, index) => {
          if (type.trim() === 'EQF' && value !== undefined && !isEqfLevel(value.trim())) {
            found('an EQF level other than 1 to 8', below(`level[${index + 1}]/value`))
          }
        })
      },
    },
  },
  {
    id: 'LOI-LANG-SINGLE',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'languageOfInstruction is one language of ISO 639-1; where there is no main one it is left out.',
    hint: 'Write two small letters, such as en; leave the element out when several languages are meant.',
    checks: {
      opportunity: ({ loi: { languageOfInstruction: language } }, found) => {
        if (language !== undefined && !instructionLanguages.has(language.trim())) {
          found('no single language code of ISO 639-1', below('languageOfInstruction'))
        }
      },
    },
  },
  {
    id: 'LOI-HOURS',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Courses and classes say how many hours they take; 0 says nothing and is better left out.',
    hint: 'Add engagementHours where the hours are known.',
    checks: {
      opportunity: ({ los, loi: { engagementHours: hours } }, found) => {
        const wanted = los.type === 'Course' || los.type === 'Class'
        if (wanted && hours === undefined) found(`a ${los.type} without engagementHours`, instancePath)
        if (hours !== undefined && Number(hours) === 0) found('engagementHours of 0', below('engagementHours'))
      },
    },
  },
  {
    id: 'LOI-GROUP-REF',
    keyword: 'MUST*',
    who: 'producer',
    releases: '1.3.0-',
    source: 'annotation',
    summary: 'grouping names a groupType by typeref and one of its groups by idref.',
    hint: 'Add the group under groups, or set the references right.',
    checks: {
      opportunity: ({ groups, loi: { grouping } }, found) => {
        if (grouping?.typeref === undefined && grouping?.idref === undefined) return
        const { typeref = '', idref } = grouping
        const group = groups.get(typeref.trim())
        if (group === undefined) found('typeref names no groupType of the document', below('grouping'))
        else if (idref !== undefined && !group.has(idref.trim())) {
          found('idref names no group of its groupType', below('grouping'))
        }
      },
    },
  },
  {
    id: 'LOI-DS-DEGREE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.4.0-',
    source: 'annotation',
    summary: 'A diploma supplement belongs to a Degree Programme.',
    hint: 'Put the supplement to the programme, and give that its type.',
    checks: {
      supplement: ({ los }, found) => {
        if (los.type !== 'Degree Programme') found('a diploma supplement of something that is no Degree Programme')
      },
    },
  },
  {
    id: 'ENR-STATUS',
    keyword: 'MUST',
    who: 'producer',
    releases: '2.1.1',
    source: 'annotation',
    summary:
      'An enrolment is in progress, and complete: names, date, institution with its country, title, duration, ' +
      'academic year, and documentType Enrolment or Admission.',
    hint: 'Fill what is missing.',
    checks: {
      opportunity: ({ learner, los, loi }, found) => {
        const { enrolment } = loi
        const isDeclared = los.documentType === 'Enrolment' || los.documentType === 'Admission'
        if (enrolment === undefined && !isDeclared) return
        if (loi.status !== 'in-progress') found('an enrolment whose status is not in-progress', instancePath)
        if (!isDeclared) found('an enrolment whose documentType is neither Enrolment nor Admission')
        if (enrolment === undefined) return found('documentType says enrolment, but there is none', instancePath)
        if (loi.duration === undefined) found('an enrolment without duration', instancePath)
        const isNamed = !isBlank(learner.givenNames) && !isBlank(learner.familyName) && isTitled(los)
        if (!isNamed) found('an enrolment without names of learner and programme', below('enrolment'))
        const { enrolmentInstitution: institution, enrolmentDate, academicYear } = enrolment
        if (!isTitled(institution) || isBlank(institution.country)) {
          found('an enrolment at an institution without title or country', below('enrolment/enrolmentInstitution'))
        }
        if ([enrolmentDate, academicYear.start, academicYear.end].some(isBlank)) {
          found('an enrolment without date or academic year', below('enrolment'))
        }
      },
    },
  },
]

const isTitled = ({ title }: Pick<Issuer, 'title'>): boolean => title.some(({ value }) => !isBlank(value))
