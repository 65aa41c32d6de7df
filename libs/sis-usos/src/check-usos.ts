import { explainSisError, SisError, type Health, type SisContext } from '@emrex-gateway/core'
import { installationAnswer, methodAnswer, methodIndexAnswer } from './api/answers.js'
import type { UsosApi } from './api/usos-api.js'
import { loginAssumptions, readingAssumptions } from './assumptions.js'

const needed = [
  'services/users/user',
  'services/progs/student',
  'services/courses/user',
  'services/courses/user_ects_points',
  'services/grades/terms2',
  'services/terms/terms',
  'services/courses/courses',
  'services/courses/units',
  'services/courses/classtypes_index',
  'services/grades/grade_types',
]
const useful = { 'services/examrep/user2': 'distributions of grades are left out' }
/** Fields that older versions do not know, and what is lost without them. */
const usefulFields = {
  'services/courses/courses': { description: 'descriptions of courses are left out' },
}

/**
 * Tries the address, the clock, our key and what the installation says it can do. Everything that a student's leave opens
 * can be tried by a student alone.
 */
export async function checkUsos(api: UsosApi, context: SisContext): Promise<Health> {
  const findings: string[] = []
  let isWell = true
  const step = async (what: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof SisError)) throw error
      isWell = false
      findings.push(`${what}: ${explainSisError(error)}`)
    }
  }
  const { schac } = api.settings.institution
  await step('the installation', async () => {
    const fields = 'institution_name|schac_id|version'
    const said = await api.call('services/apisrv/installation', { fields }, 'anonymous', installationAnswer, context)
    findings.push(`USOS API ${said.version ?? 'of an unknown version'}`)
    if ((said.schac_id ?? schac) === schac) return
    isWell = false
    findings.push(`the installation belongs to ${said.schac_id}, and the settings say ${schac}`)
  })
  await step('its clock', async () => {
    const skew = await api.measureSkew(context)
    api.trustSkew(skew)
    const seconds = Math.round(Math.abs(skew) / 1000)
    if (skew !== 0)
      findings.push(
        `its clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} ours: requests are signed with its time`,
      )
  })
  await step('our key', async () => {
    await api.proveConsumer(context)
    findings.push('our key is taken')
  })
  await step('what it offers', async () => {
    const index = await api.call('services/apiref/method_index', {}, 'anonymous', methodIndexAnswer, context)
    const offered = new Set(index.map(({ name }) => name))
    for (const name of needed.filter((each) => !offered.has(each))) {
      isWell = false
      findings.push(`this installation does not offer ${name}, which we need`)
    }
    for (const [name, lost] of Object.entries(useful))
      if (!offered.has(name)) findings.push(`this installation does not offer ${name}: ${lost}`)
    for (const [name, fields] of Object.entries(usefulFields)) {
      if (!offered.has(name)) continue
      const known = await fieldsOf(api, name, context)
      for (const [field, lost] of Object.entries(fields))
        if (!known.has(field)) findings.push(`${name} does not know ${field}: ${lost}`)
    }
  })
  const assumed = [...loginAssumptions, ...readingAssumptions].map((line) => `not confirmed: ${line}`)
  return { ok: isWell, findings: [...findings, ...assumed] }
}

async function fieldsOf(api: UsosApi, name: string, context: SisContext): Promise<ReadonlySet<string>> {
  const { result_fields } = await api.call('services/apiref/method', { name }, 'anonymous', methodAnswer, context)
  return new Set((result_fields ?? []).map((field) => field.name))
}
