/** The numbers of the sections of a Diploma Supplement. Spec: Diploma Supplement of 2018, explanatory notes. */
export const supplementSections: ReadonlySet<string> = new Set([
  ...['1', '1.1', '1.2', '1.3', '1.4'],
  ...['2', '2.1', '2.2', '2.3', '2.4', '2.5'],
  ...['3', '3.1', '3.2', '3.3'],
  ...['4', '4.1', '4.2', '4.3', '4.4', '4.5'],
  ...['5', '5.1', '5.2'],
  ...['6', '6.1', '6.2'],
  ...['7', '7.1', '7.2', '7.3', '7.4'],
  '8',
])

/** The years of the models. */
export const supplementVersions: ReadonlySet<string> = new Set(['1997', '2007', '2018'])
