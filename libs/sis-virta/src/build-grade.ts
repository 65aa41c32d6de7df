import { langString, xmlText, type Notice } from '@emrex-gateway/core'
import { resultStatus, type GradingScheme } from '@emrex-gateway/elmo'
import { attribute, child, children, childText, text, type AnswerPart } from './answer-parts.js'

export interface Grade {
  readonly label?: string
  readonly scheme?: GradingScheme
  /** The label does not tell that it was passed. */
  readonly isDoubtful?: true
}

const finland = { country: 'FI' }

/** VIRTA should hold no failures. Where a grade, or its name in the scale, says one all the same, nobody may read "passed". */
const doubtOf = (...labels: readonly (string | undefined)[]): Pick<Grade, 'isDoubtful'> =>
  labels.some((resultLabel = '') => resultStatus({ title: [], instance: { resultLabel } }, finland).status === 'failed')
    ? { isDoubtful: true }
    : {}

const scale = (localId: string, fi: string, en: string): GradingScheme => ({
  localId,
  description: [
    { value: fi, lang: 'fi' },
    { value: en, lang: 'en' },
  ],
})

/** The national scales, by the element that names them. Spec: `koodistot.xsd` 1.06.54; the words are ours. */
const nationalScales: Readonly<Record<string, GradingScheme>> = {
  Viisiportainen: scale(
    'viisiportainen',
    'Viisiportainen: 5 on paras, 1 alin hyväksytty; HYV = hyväksytty.',
    'Five steps: 5 is the best, 1 the lowest that passes; HYV = passed.',
  ),
  ToinenKotimainen: scale(
    'toinen-kotimainen',
    'Toinen kotimainen kieli: HT = hyvät tiedot, TT = tyydyttävät tiedot.',
    'Second national language: HT = good skills, TT = satisfactory skills.',
  ),
  Hyvaksytty: scale('hyvaksytty', 'HYV = hyväksytty; arvosanoja ei ole.', 'HYV = passed; there are no grades.'),
  Naytetyo: scale(
    'naytetyo',
    'Näytetyö: KH = kiittäen hyväksytty, HYV = hyväksytty.',
    'Demonstration of skills: KH = passed with distinction, HYV = passed.',
  ),
  Tutkielma: scale(
    'tutkielma',
    'Tutkielma, paras ensin: L laudatur, E eximia cum laude approbatur, M magna cum laude approbatur, ' +
      'C cum laude approbatur, N non sine laude approbatur, B lubenter approbatur, A approbatur, I improbatur.',
    'Thesis, best first: L laudatur, E eximia cum laude approbatur, M magna cum laude approbatur, ' +
      'C cum laude approbatur, N non sine laude approbatur, B lubenter approbatur, A approbatur, I improbatur.',
  ),
}

/** The grade (`Arvosana`) as it is written, with the scale it is of; nothing is converted. */
export function buildGrade(arvosana: AnswerPart, code: string | undefined, notices: Notice[]): Grade {
  for (const [name, scheme] of Object.entries(nationalScales)) {
    const label = xmlText(childText(arvosana, name))
    // Improbatur is in the list of what may be delivered, and is a fail at some universities.
    if (name === 'Tutkielma' && label === 'I') return { label, scheme, isDoubtful: true }
    if (label !== undefined) return { label, scheme, ...doubtOf(label) }
  }
  if (childText(arvosana, 'EiKaytossa') !== undefined) return {}
  const own = child(arvosana, 'Muu')
  if (own !== undefined) return gradeOfOwnScale(own, code, notices)
  notices.push({ notice: 'grade-missing', ...(code === undefined ? {} : { detail: code }) })
  return {}
}

/** A scale of the institution, which comes along with each grade. */
function gradeOfOwnScale(muu: AnswerPart, code: string | undefined, notices: Notice[]): Grade {
  const written = xmlText(childText(muu, 'Koodi'))
  const asteikko = child(muu, 'Asteikko')
  const key = xmlText(attribute(asteikko, 'avain'))
  const steps = children(asteikko, 'AsteikkoArvosana').map((step) => ({
    key: attribute(step, 'avain'),
    label: xmlText(childText(step, 'Koodi')),
    name: xmlText(childText(step, 'Nimi')),
  }))
  // The code should be one of the scale's; where it is the key of a step instead, the step has the code.
  const stepOf = (name: string) => steps.find(({ label }) => label === name) ?? steps.find((one) => one.key === name)
  const step = written === undefined ? undefined : stepOf(written)
  const label = step?.label ?? written
  const doubt = doubtOf(label, step?.name)
  if (key === undefined) {
    notices.push({ notice: 'grading-scheme-unknown', ...(code === undefined ? {} : { detail: code }) })
    return label === undefined ? {} : { label, ...doubt }
  }
  const words = steps.flatMap((step) =>
    step.label === undefined ? [] : step.name === undefined ? step.label : `${step.label} = ${step.name}`,
  )
  const description = [xmlText(text(child(asteikko, 'Nimi'))), words.join(', ')].filter(
    (each) => each !== undefined && each !== '',
  )
  return {
    ...(label === undefined ? {} : { label }),
    ...doubt,
    scheme: {
      localId: `muu-${key}`,
      ...(description.length > 0 ? { description: [langString(description.join(': '))] } : {}),
    },
  }
}
