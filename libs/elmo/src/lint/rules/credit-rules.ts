import { instancePath } from '../instance-path.js'
import type { RuleEntry } from '../lint-rule.js'
import { hasEcts, hasEctsBelow, isEcts } from './results.js'
import { isBlank } from './texts.js'

const credit = (index: number): string => `${instancePath}/credit[${index + 1}]`

/** Rules about credits. */
export const creditRules: readonly RuleEntry[] = [
  {
    id: 'LOI-ECTS-GIVE',
    keyword: 'SHOULD',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'Credits are given in ECTS at least.',
    hint: 'Add a credit of scheme ects to the course; 0 for what gives none.',
    checks: {
      opportunity: ({ los, loi, above }, found) => {
        // Whoever is only enrolled has earned nothing yet.
        const isLeaf = (los.parts ?? []).length === 0 && loi.enrolment === undefined
        if (isLeaf && !hasEcts(los) && !above.hasEcts) found('no ECTS credits, here or above', instancePath)
      },
    },
  },
  {
    id: 'LOI-ECTS-VALUE',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'A credit of scheme ects has a value: the ECTS credits awarded.',
    hint: 'Add the value, or leave the credit out where it is not known.',
    checks: {
      opportunity: ({ loi }, found) => {
        loi.credit?.forEach((each, index) => {
          if (isEcts(each) && isBlank(each.value)) found('ECTS credits without a value', credit(index))
        })
      },
    },
  },
  {
    id: 'LOI-ECTS-ONCE',
    keyword: 'MUST',
    who: 'producer',
    releases: '1.0.0-',
    source: 'annotation',
    summary: 'On each path from the top to the bottom ECTS credits stand once at most.',
    hint: 'State them at the course and nowhere above or below; whoever adds them all up counts twice.',
    checks: {
      opportunity: ({ los, loi, above }, found) => {
        if (!hasEcts(los)) return
        const index = loi.credit?.findIndex(isEcts) ?? 0
        if (above.hasEcts) found('ECTS credits here and above', credit(index))
        else if (hasEctsBelow(los)) found('ECTS credits here and below', credit(index))
      },
    },
  },
  {
    id: 'LOI-CREDIT-LEVEL',
    keyword: 'SHOULD NOT',
    who: 'producer',
    releases: '1.2.0-1.7.0',
    source: 'annotation',
    summary: 'The level of a credit is out of use.',
    hint: 'Use level of the instance, with type EQF.',
    checks: {
      opportunity: ({ loi }, found) => {
        loi.credit?.forEach(({ level }, index) => {
          if (level !== undefined) found('a credit with a level', `${credit(index)}/level`)
        })
      },
    },
  },
]
