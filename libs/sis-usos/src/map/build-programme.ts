import { languageTexts, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { UsosProgramme } from '../api/answers.js'

/** Spec: Polish Qualifications Framework, whose levels are those of the European one. */
const eqfLevels: Readonly<Record<string, string>> = {
  first_cycle: '6',
  second_cycle: '7',
  long_cycle: '7',
  third_cycle: '8',
  phd_school: '8',
}

/**
 * A programme of study: a degree once the diploma is out, and until then something that goes on. Ended studies without a
 * diploma, and those that were given up, are no result: undefined.
 *
 * USOS tells neither the day of the diploma nor the credits, and not which courses belong to it.
 */
export function buildProgramme(
  { status, programme }: UsosProgramme,
  notices: Notice[],
): LearningOpportunitySpecification | undefined {
  const isDegree = status === 'graduated_diploma'
  if (!isDegree && status !== 'active') return undefined
  const title = languageTexts({ pl: programme.description?.pl, en: programme.description?.en })
  if (title.length === 0) notices.push({ notice: 'title-missing', detail: programme.id })
  if (isDegree) notices.push({ notice: 'date-missing', detail: programme.id })
  const eqf = eqfLevels[programme.level ?? '']
  if (eqf === undefined) notices.push({ notice: 'level-unknown', detail: programme.id })
  return {
    identifier: [{ type: 'local', value: programme.id }],
    title: title.length > 0 ? title : [{ value: programme.id }],
    type: 'Degree Programme',
    instance: {
      status: isDegree ? 'passed' : 'in-progress',
      ...(eqf === undefined ? {} : { level: [{ type: 'EQF', value: eqf }] }),
    },
  }
}
