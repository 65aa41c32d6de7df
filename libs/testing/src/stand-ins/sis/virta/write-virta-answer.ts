import type { VirtaGrade, VirtaResult, VirtaStudent } from './virta-student.js'

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
const element = (name: string, content: string | undefined): string =>
  content === undefined ? '' : `<virta:${name}>${escape(content)}</virta:${name}>`
const texts = (name: string, list: VirtaResult['names'] = []): string =>
  list.map(([language, text]) => `<virta:${name} kieli="${language}">${escape(text)}</virta:${name}>`).join('')

/** A message with this inside. */
export const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/">` +
  `<SOAP-ENV:Header/><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`

/** A fault as SOAP 1.1 has it. No public source shows one of VIRTA's. */
export const fault = (code: string, words: string): string =>
  envelope(
    `<SOAP-ENV:Fault><faultcode>SOAP-ENV:${code}</faultcode>` +
      `<faultstring xml:lang="en">${escape(words)}</faultstring></SOAP-ENV:Fault>`,
  )

const response = (name: string, content: string): string =>
  envelope(
    `<virtaluku:${name}Response xmlns:virtaluku="http://tietovaranto.csc.fi/luku" ` +
      `xmlns:virta="urn:mace:funet.fi:virta/2015/09/01">${content}</virtaluku:${name}Response>`,
  )

type Records = VirtaStudent['records']

/** The answer of `OpiskelijanKaikkiTiedot`: each institution has a record of its own. Nobody: a `Virta` that is empty. */
export function everythingAbout(student: VirtaStudent | undefined, records: Records): string {
  const written = student === undefined ? '' : records.map((record) => opiskelija(student, record)).join('')
  return response('OpiskelijanKaikkiTiedot', `<virta:Virta>${written}</virta:Virta>`)
}

/** The answer of `Opintosuoritukset`: the results of all institutions in one list. */
export function resultsOf(student: VirtaStudent | undefined, records: Records): string {
  const written = student === undefined ? '' : records.map((record) => suoritukset(student, record)).join('')
  return response('Opintosuoritukset', `<virta:Opintosuoritukset>${written}</virta:Opintosuoritukset>`)
}

function opiskelija(student: VirtaStudent, record: Records[number]): string {
  const key = `${student.key}-${record.institution}`
  const results = suoritukset(student, record)
  return (
    `<virta:Opiskelija avain="${key}">${element('Henkilotunnus', student.henkilotunnus)}` +
    `${element('Sukunimi', student.family)}${element('Etunimet', student.given)}${element('Sukupuoli', student.gender)}` +
    `${element('KansallinenOppijanumero', student.oppijanumero)}` +
    `<virta:Opiskeluoikeudet><virta:Opiskeluoikeus avain="OO-${key}" opiskelijaAvain="${key}">` +
    `${element('AlkuPvm', '2020-08-01')}` +
    `<virta:Tila>${element('AlkuPvm', '2020-08-01')}${element('Koodi', '1')}</virta:Tila>` +
    `${element('Tyyppi', '2')}${element('Myontaja', record.institution)}` +
    `</virta:Opiskeluoikeus></virta:Opiskeluoikeudet>` +
    `${results === '' ? '' : `<virta:Opintosuoritukset>${results}</virta:Opintosuoritukset>`}</virta:Opiskelija>`
  )
}

const suoritukset = (student: VirtaStudent, { institution, results }: Records[number]): string =>
  results.map((result) => suoritus(result, `${student.key}-${institution}`, institution)).join('')

function suoritus(result: VirtaResult, student: string, institution: string): string {
  const parts = (result.parts ?? [])
    .map((key) => `<virta:Sisaltyvyys sisaltyvaOpintosuoritusAvain="${escape(key)}"/>`)
    .join('')
  return (
    `<virta:Opintosuoritus avain="${escape(result.key)}" opiskelijaAvain="${student}" ` +
    `koulutusmoduulitunniste="${escape(result.code)}" opiskeluoikeusAvain="OO-${student}">` +
    `${element('SuoritusPvm', result.date)}` +
    `<virta:Laajuus>${element('Opintopiste', result.credits)}${element('Opintoviikko', result.studyWeeks)}</virta:Laajuus>` +
    `<virta:Arvosana>${arvosana(result.grade)}</virta:Arvosana>` +
    `${element('Myontaja', institution)}${element('Laji', result.kind)}${texts('Nimi', result.names)}` +
    `${element('Kieli', result.language)}${element('Koulutuskoodi', result.kind === '1' ? '612101' : undefined)}` +
    `${parts}${element('HyvaksilukuPvm', result.recognisedOn)}` +
    `${element('Opinnaytetyo', result.isThesis === true ? '1' : '0')}` +
    `${texts('JulkinenLisatieto', result.about)}</virta:Opintosuoritus>`
  )
}

function arvosana(grade: VirtaGrade): string {
  if (grade.scale !== 'Muu') return element(grade.scale, grade.code)
  const steps = grade.steps.map(
    ({ key, code, name }) =>
      `<virta:AsteikkoArvosana avain="${escape(key)}">${element('Koodi', code)}${element('Nimi', name)}` +
      `</virta:AsteikkoArvosana>`,
  )
  return (
    `<virta:Muu><virta:Asteikko avain="${escape(grade.key)}">${element('Nimi', grade.name)}${steps.join('')}` +
    `</virta:Asteikko>${element('Koodi', grade.code)}</virta:Muu>`
  )
}
