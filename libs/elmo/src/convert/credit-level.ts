/** The three cycles of the Bologna process in the European Qualifications Framework. */
const cycles: Readonly<Record<string, string>> = { Bachelor: '6', Master: '7', PhD: '8' }

/** The EQF level that a level of credits stands for. */
export const eqfOfCreditLevel = (level: string | undefined): string | undefined =>
  level === undefined || !Object.hasOwn(cycles, level) ? undefined : cycles[level]

/** The level of credits that an EQF level stands for. */
export const creditLevelOfEqf = (value: string | undefined): string | undefined =>
  Object.keys(cycles).find((level) => cycles[level] === value)
