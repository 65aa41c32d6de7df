import { SisError, type Institution, type SisContext } from '@emrex-gateway/core'
import type { Issuer, LangString } from '@emrex-gateway/elmo'
import { esiIssuer } from './build-learner.js'
import type { LadokApi } from './ladok-api.js'
import { institutionList, type InstitutionRecord } from './ladok-records.js'
import { namesOf } from './names-of.js'

/** The university behind the certificate: as a person sees it, and as the issuer of reports. */
export interface KnownInstitution {
  readonly institution: Institution
  readonly issuer: Issuer
}

/**
 * The university as Ladok names it, with the facts of the settings that Ladok does not hold. Remembered for a day.
 * @throws {SisError}
 */
export async function readInstitution(api: LadokApi, context: SisContext): Promise<KnownInstitution> {
  const { code, schac, erasmus, pic, titles, url } = api.settings.institution
  const record = await readRecord(api, context)
  const title: LangString[] = namesOf(record?.Benamning, titles)
  const local = record?.Kod ?? code
  if (title.length === 0 || local === undefined)
    throw new SisError('bad-data', 'neither Ladok nor the settings name the institution and its code', {
      connection: api.connection,
    })
  const known = { local, schac, erasmus, pic }
  return {
    institution: {
      code: local,
      title: title[0]!.value,
      country: 'SE',
      esiIssuer,
      ...(schac === undefined ? {} : { schac }),
    },
    issuer: {
      country: 'SE',
      // The first is what readers tell institutions by.
      identifier: (['schac', 'erasmus', 'pic', 'local'] as const).flatMap((type) =>
        known[type] === undefined ? [] : [{ type, value: known[type] }],
      ),
      title,
      url: record?.LankTillWebbplats?.Url ?? record?.LankTillWebbplatsEngelskSida?.Url ?? url ?? '',
    },
  }
}

async function readRecord(api: LadokApi, context: SisContext): Promise<InstitutionRecord | undefined> {
  const { code, titles } = api.settings.institution
  try {
    const records = await api.ofCatalogue(
      'kataloginformation',
      'grunddata/larosatesinformation',
      institutionList,
      context,
    )
    const today = api.now().toISOString().slice(0, 10)
    const isValid = ({ Giltighetsperiod: period }: InstitutionRecord) =>
      (period?.Startdatum ?? today) <= today && today <= (period?.Slutdatum ?? today)
    return code === undefined ? (records.find(isValid) ?? records[0]) : records.find(({ Kod }) => Kod === code)
  } catch (error) {
    // The settings can stand in for a right that is missing.
    if (error instanceof SisError && error.kind === 'forbidden' && titles !== undefined && code !== undefined)
      return undefined
    throw error
  }
}
