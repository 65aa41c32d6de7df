import type { InventedPerson, InventedReport, InventedStudy } from './invented-records.js'

/**
 * An ELMO 1.7 document as text, written by hand so that it shares nothing with the library it is used to judge.
 * `generatedDate` is an ISO 8601 instant; `signature` is the text of a signature to put in as the last child.
 */
export function elmoTemplate(
  person: InventedPerson,
  reports: readonly InventedReport[],
  generatedDate: string,
  signature = '',
): string {
  const learner = [
    optional('citizenship', person.citizenship),
    ...(person.identifiers ?? []).map(
      ({ type, value }) => `<identifier type="${escape(type)}">${escape(value)}</identifier>`,
    ),
    `<givenNames>${escape(person.givenNames)}</givenNames>`,
    `<familyName>${escape(person.familyName)}</familyName>`,
    `<bday>${escape(person.birthDate)}</bday>`,
  ].join('')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">\n',
    `<generatedDate>${generatedDate}</generatedDate>\n`,
    `<learner>${learner}</learner>\n`,
    ...reports.map((report) => reportText(report, generatedDate)),
    signature,
    '</elmo>\n',
  ].join('')
}

function reportText({ issuer, studies, attachments }: InventedReport, issueDate: string): string {
  return [
    '<report>\n<issuer>',
    `<country>${escape(issuer.country)}</country>`,
    `<identifier type="schac">${escape(issuer.schac)}</identifier>`,
    `<title xml:lang="en">${escape(issuer.title)}</title>`,
    `<url>${escape(issuer.url)}</url>`,
    '</issuer>\n',
    ...studies.map(studyText),
    `<issueDate>${issueDate}</issueDate>\n`,
    ...(attachments ?? []).map(
      ({ title, type, pdf }) =>
        `<attachment><title xml:lang="en">${escape(title)}</title><type>${escape(type)}</type>` +
        `<content>data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}</content></attachment>\n`,
    ),
    '</report>\n',
  ].join('')
}

function studyText(study: InventedStudy): string {
  const credit =
    study.credits === undefined ? '' : `<credit><scheme>ects</scheme><value>${escape(study.credits)}</value></credit>`
  return [
    '<learningOpportunitySpecification>',
    study.code === undefined ? '' : `<identifier type="local">${escape(study.code)}</identifier>`,
    `<title xml:lang="en">${escape(study.title)}</title>`,
    optional('type', study.type),
    '<specifies><learningOpportunityInstance>',
    optional('date', study.date),
    optional('status', study.status),
    optional('resultLabel', study.grade),
    credit,
    '</learningOpportunityInstance></specifies>',
    ...(study.parts ?? []).map((part) => `\n<hasPart>${studyText(part)}</hasPart>`),
    '</learningOpportunitySpecification>\n',
  ].join('')
}

function optional(name: string, value: string | undefined): string {
  return value === undefined ? '' : `<${name}>${escape(value)}</${name}>`
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
