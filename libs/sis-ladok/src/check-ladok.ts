import { explainSisError, SisError, type Health, type SisContext } from '@emrex-gateway/core'
import type { LadokApi } from './ladok-api.js'
import { ownRights, ownUser, rightsProfile } from './ladok-records.js'
import { readInstitution } from './read-institution.js'
import { readReferenceData } from './reference-data.js'

/** Rights that are known to be needed, by Ladok's number. Those for results and courses are not published. */
const neededRights: Readonly<Record<string, string>> = {
  '11004': 'kataloginformation.las',
  '51001': 'studiedeltagande.las',
  '61001': 'studentinformation.lasa',
}
const warnDays = 30

const notConfirmed = [
  'this plugin against the live system: it was made from public sources',
  'which rights reading results and courses needs',
  'that "valid as final grade" means passed',
  'that the level stands in utbildning.attribut.nivainomstudieordning and the language in …undervisningssprak',
  'that the search by name matches beginnings of names',
  'that a state beginning with AVBR means given up',
]

/**
 * Tries the certificate, the catalogue and our rights, and names what is assumed. Nothing of a person is asked for.
 */
export async function checkLadok(api: LadokApi, context: SisContext): Promise<Health> {
  const findings: string[] = []
  const days = api.daysLeft()
  findings.push(
    days < 0
      ? 'the client certificate has ended'
      : `the client certificate ends in ${days} days${days <= warnDays ? ': ask Ladok support for a new one' : ''}`,
  )
  let ok = days >= 0
  try {
    const { issuer } = await readInstitution(api, context)
    findings.push(`institution: ${issuer.title[0]!.value}`)
    if (issuer.url === '') findings.push('the institution has no web address, neither in Ladok nor in the settings')
    const { scales, ectsUnits } = await readReferenceData(api, context)
    findings.push(`${scales.size} grade scales`)
    if (!ectsUnits.has('HP')) findings.push('the unit HP is not 60 a year here: no credits are given as ECTS')
    ok = (await checkRights(api, context, findings)) && ok
  } catch (error) {
    if (!(error instanceof SisError)) throw error
    ok = false
    findings.push(`${error.kind}: ${explainSisError(error)}`)
  }
  const degrees = api.settings.degrees
    ? 'the path of issued degrees (examen/utfardatbevis/student), which is turned on'
    : 'the path of issued degrees: they are not read (setting degrees)'
  findings.push(...[...notConfirmed, degrees].map((what) => `not confirmed: ${what}`))
  return { ok, findings }
}

async function checkRights(api: LadokApi, context: SisContext, findings: string[]): Promise<boolean> {
  try {
    const { Anvandarnamn } = await api.ofUs('kataloginformation', 'anvandare/autentiserad', ownUser, context)
    if (Anvandarnamn !== undefined) findings.push(`known to Ladok as ${Anvandarnamn}`)
    const own = await api.ofUs('kataloginformation', 'anvandarbehorighet/egna', ownRights, context)
    const profiles = new Set(own.flatMap(({ BehorighetsprofilRef }) => BehorighetsprofilRef?.Uid ?? []))
    const rights = new Map<string, string>()
    for (const uid of profiles) {
      const path = `behorighetsprofil/${encodeURIComponent(uid)}`
      const { Systemaktiviteter } = await api.ofUs('kataloginformation', path, rightsProfile, context)
      for (const { Id, I18nNyckel } of Systemaktiviteter)
        if (Id !== undefined) rights.set(Id, I18nNyckel?.replace(/^systemaktivitet\./, '') ?? Id)
    }
    findings.push(`rights: ${[...rights.values()].sort().join(', ') || 'none'}`)
    const missing = Object.entries(neededRights).filter(([id]) => !rights.has(id))
    for (const [id, name] of missing) findings.push(`the right ${id} (${name}) is missing`)
    return missing.length === 0
  } catch (error) {
    if (!(error instanceof SisError) || (error.kind !== 'forbidden' && error.kind !== 'bad-data')) throw error
    findings.push('not confirmed: our rights, which could not be read')
    return true
  }
}
