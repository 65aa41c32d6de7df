import type { ContractCheck } from './contract-check.js'
import { importTargetChecks, importTargetContract } from './import-target.js'
import { leaks } from './memory-sis/memory-connection.js'
import { sourceKit, targetKit } from './memory-sis/memory-kits.js'
import { plantedFaults, type PlantedFault } from './memory-sis/planted-fault.js'
import { resultSourceChecks, resultSourceContract } from './result-source.js'

afterEach(() => leaks.splice(0).forEach((leak) => clearInterval(leak)))

resultSourceContract('a careful plugin', sourceKit())
importTargetContract('a careful plugin', targetKit())

/** The checks that must notice each fault; others may too. */
const noticedBy: Readonly<
  Record<PlantedFault, { readonly source?: readonly string[]; readonly target?: readonly string[] }>
> = {
  'parts counted twice': {
    source: [
      'keeps parts under their whole and counts their credits once',
      'gives the passed results of dilan as the system holds them, field by field',
      'gives the passed results of fia as the system holds them, field by field',
    ],
  },
  'comma decimals': { source: ['gives the passed results of ada as the system holds them, field by field'] },
  'zero dropped': { source: ['gives the passed results of ada as the system holds them, field by field'] },
  'unit lost': {
    source: [
      'gives the passed results of gus as the system holds them, field by field',
      'keeps a unit that is not ECTS, and says so',
    ],
  },
  'failed result exported as passed': {
    source: [
      'marks failed results as failed',
      'gives the passed results of eskil as the system holds them, field by field',
    ],
  },
  cycle: { source: ['gives each result once when the parts are broken (circle), and says so'] },
  'wrong person on ambiguity': {
    source: ['gives everybody who fits, and never picks one of two'],
    target: ['gives everybody who fits, and never picks one of two'],
  },
  'name in a log line': {
    source: ['logs nothing personal, and no notice tells anything personal'],
    target: ['logs nothing personal'],
  },
  'non-idempotent submit': {
    target: [
      'imports the same delivery once, and gives the same receipt again',
      'imports a delivery once when two instances hand it in at the same time',
      'imports a delivery once when the first answer was lost',
    ],
  },
  'unabortable call': {
    source: ['stops at once when it was called off before', 'stops in the middle when it is called off'],
    target: ['stops at once when it was called off before, and imports nothing'],
  },
  'leaked handle': {
    source: ['leaves nothing open when it is closed'],
  },
  'date shifted by time zone': {
    source: ['gives the passed results of ada as the system holds them, field by field'],
  },
}

async function isKept(checks: readonly ContractCheck[], name: string): Promise<boolean> {
  const check = checks.find((each) => each.name === name)
  if (check === undefined) throw new Error(`no check "${name}"`)
  try {
    await check.run()
    return true
  } catch {
    return false
  }
}

describe('the kits notice a planted fault of a plugin', () => {
  it('knows twelve of them', () => expect(plantedFaults).toHaveLength(12))

  it('takes circles for a fault only where there is one', async () => {
    const name = 'gives the passed results of dilan as the system holds them, field by field'
    expect(await isKept(resultSourceChecks(sourceKit('cycle')), name)).toBe(true)
  })

  for (const fault of plantedFaults) {
    for (const name of noticedBy[fault].source ?? [])
      it(`${fault}: the source kit by "${name}"`, async () => {
        expect(await isKept(resultSourceChecks(sourceKit(fault)), name)).toBe(false)
      }, 60_000)
    for (const name of noticedBy[fault].target ?? [])
      it(`${fault}: the target kit by "${name}"`, async () => {
        expect(await isKept(importTargetChecks(targetKit(fault)), name)).toBe(false)
      }, 60_000)
  }
})
