/** What is known of the grade labels of a country, for documents that state no status. */
export interface GradeLabels {
  /** Alpha-2 and alpha-3 code. */
  readonly country: readonly [string, string]
  /** Labels that say "not passed". */
  readonly failing: readonly string[]
  /** Where it is complete: a label on neither list is looked at by a person. Absent = no such list is kept. */
  readonly passing?: readonly string[]
}

/**
 * Grade labels that are known to fail. Grades are never converted; these lists only raise a doubt where a producer states
 * no status. Scales differ between universities and years, so a country is listed only with what was found in its data
 * or in the documentation of its student system.
 */
export const gradeLabels: readonly GradeLabels[] = [
  // STADS sends attempts that failed or were missed without any status. A label of the scale before 2007 is on no list.
  {
    country: ['DK', 'DNK'],
    failing: ['00', '-3', 'IG', 'EM'],
    passing: ['02', '4', '7', '10', '12', 'BE', 'B', 'G', 'VG'],
  },
  { country: ['PL', 'POL'], failing: ['2', '2.0', '2,0', 'NZAL', 'NK', 'NB'] },
  { country: ['SE', 'SWE'], failing: ['U', 'F', 'FX'] },
  { country: ['NO', 'NOR'], failing: ['F', 'Ikke bestått'] },
  { country: ['FI', 'FIN'], failing: ['0', 'Hyl', 'Hyl.'] },
  { country: ['DE', 'DEU'], failing: ['5.0', '5,0', 'nicht bestanden'] },
  { country: ['HR', 'HRV'], failing: ['1'] },
]

/**
 * As labels are compared: white space, case, the kind of minus sign and whether an accent is a character of its own do not
 * matter; leading zeros do.
 */
const comparableLabel = (label: string): string =>
  label.normalize('NFC').trim().replace(/\s+/g, ' ').replace(/[−–]/g, '-').toLowerCase()

/** Words that say "not passed" in any country. Grades of a scale, such as F or 2, do not: they belong to the lists above. */
const failingWords: ReadonlySet<string> = new Set([
  ...['fail', 'failed', 'fail (f)', 'not passed', 'ikke bestått', 'ikke bestået', 'ej godkänd', 'icke godkänd'],
  ...['underkänd', 'underkänt', 'hylätty', 'nicht bestanden', 'nicht ausreichend', 'niezaliczone', 'niedostateczny'],
  ...['onvoldoende', 'non superato'],
])

/** Whether the words of a label say that it was not passed. */
export const saysFailed = (label: string): boolean => failingWords.has(comparableLabel(label))

/**
 * The labels of a country, by alpha-2 code, alpha-3 code or an address that ends in one (ELMO 2.1, type `URI`);
 * undefined for a country that is not listed.
 */
export function gradeLabelsOf(country: string): GradeLabels | undefined {
  const code = country.trim().replace(/^.*\//, '').toUpperCase()
  return gradeLabels.find((labels) => labels.country.includes(code))
}

export const fails = ({ failing }: GradeLabels, label: string): boolean =>
  failing.some((one) => comparableLabel(one) === comparableLabel(label))

/** The label is on no list of a country of which all labels are known. */
export const isUnlisted = (labels: GradeLabels, label: string): boolean =>
  labels.passing !== undefined &&
  !fails(labels, label) &&
  !labels.passing.some((one) => comparableLabel(one) === comparableLabel(label))
