type Json = { readonly [name: string]: unknown }
type Texts = readonly { readonly lang?: string; readonly type?: string; readonly value: string }[]

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

const element = (name: string, content: string, attribute = ''): string => `<${name}${attribute}>${content}</${name}>`
const text = (name: string, value: unknown): string =>
  value === undefined ? '' : element(name, escaped(value as string))
const texts = (name: string, list: unknown): string =>
  ((list ?? []) as Texts)
    .map(({ lang, type, value }) => {
      const attribute = lang === undefined ? type && ` type="${escaped(type)}"` : ` xml:lang="${lang}"`
      return element(name, escaped(value), attribute ?? '')
    })
    .join('')
const each = (list: unknown, write: (one: Json) => string): string => ((list ?? []) as Json[]).map(write).join('')

/** An ELMO 1.7.0 document of reports in their JSON form, written by hand as such systems do. */
export const elmoDocument = (learner: Json, reports: readonly Json[]): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  element(
    'elmo',
    element('generatedDate', '2026-01-01T00:00:00Z') +
      element(
        'learner',
        texts('identifier', learner['identifier']) +
          ['givenNames', 'familyName', 'bday', 'gender'].map((name) => text(name, learner[name])).join(''),
      ) +
      each(reports, report),
    ' xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1"',
  )

const report = ({ issuer, learningOpportunitySpecification, issueDate, attachment }: Json): string => {
  const { country, identifier, title, url } = issuer as Json
  return element(
    'report',
    element(
      'issuer',
      text('country', country) + texts('identifier', identifier) + texts('title', title) + text('url', url),
    ) +
      each(learningOpportunitySpecification, specification) +
      text('issueDate', issueDate) +
      each(attachment, (one) =>
        element(
          'attachment',
          texts('identifier', one['identifier']) +
            texts('title', one['title']) +
            text('type', one['type']) +
            texts('content', one['content']),
        ),
      ),
  )
}

const specification = ({ identifier, title, type, descriptionHtml, instance, parts }: Json): string =>
  element(
    'learningOpportunitySpecification',
    texts('identifier', identifier) +
      texts('title', title) +
      text('type', type) +
      texts('descriptionHtml', descriptionHtml) +
      element('specifies', learningOpportunityInstance(instance as Json)) +
      each(parts, (part) => element('hasPart', specification(part))),
  )

const learningOpportunityInstance = (instance: Json): string => {
  const term = instance['academicTerm'] as Json | undefined
  const distribution = instance['resultDistribution'] as Json | undefined
  return element(
    'learningOpportunityInstance',
    text('date', instance['date']) +
      (term === undefined
        ? ''
        : element(
            'academicTerm',
            texts('title', term['title']) + text('start', term['start']) + text('end', term['end']),
          )) +
      text('status', instance['status']) +
      text('resultLabel', instance['resultLabel']) +
      (distribution === undefined
        ? ''
        : element(
            'resultDistribution',
            each(
              distribution['category'],
              ({ label, count }) => `<category label="${escaped(label as string)}" count="${count as string}"/>`,
            ),
          )) +
      each(instance['credit'], ({ scheme, value }) =>
        element('credit', text('scheme', scheme) + text('value', value)),
      ) +
      each(instance['level'], ({ type, value }) => element('level', text('type', type) + text('value', value))) +
      text('languageOfInstruction', instance['languageOfInstruction']),
  )
}
