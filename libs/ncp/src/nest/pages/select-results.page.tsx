import { shownDay } from '@emrex-gateway/core'
import { birthDateOf, listResults, type Report, type ResultNode } from '@emrex-gateway/elmo'
import {
  Button,
  ErrorSummary,
  LinkNotice,
  Notice,
  OwnForm,
  resultRow,
  ResultTitle,
  shownTitle,
  SummaryList,
  Title,
  type ResultRow,
} from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import { Missing } from './missing.js'
import type { PageContext } from './page-context.js'

/** The person chooses: one check box per result, parts below their whole. Everything is ticked at first; a choice that was made stays. */
export function SelectResultsPage({
  data,
  context,
}: {
  data: NcpPage & { page: 'select-results' }
  context: PageContext
}) {
  const { t, base, token, language } = context
  const { elmo, gaps, receiver } = data
  const { givenNames, familyName } = elmo.learner
  const birthDate = birthDateOf(elmo.learner)
  const reports = listResults(elmo)
  const chosen = data.chosen && new Set(data.chosen)
  const hasParts = reports.some((trees) => trees.some(({ parts }) => parts.length > 0))
  const errors = [
    ...(data.mistake ? [{ text: t('ncp.select.nothing-chosen'), fieldId: 'results' }] : []),
    // What to do stands at the end of the list, which may be long.
    ...(data.unread ? [{ text: t('ncp.select.unread-title'), fieldId: 'without-unread' }] : []),
  ]
  return (
    <>
      {errors.length > 0 && <ErrorSummary t={t} errors={errors} />}
      {data.wholeOnly ? (
        <Notice title={t('ncp.select.whole-title')}>
          <p>{t('ncp.select.whole', { receiver: nameOf(receiver) })}</p>
        </Notice>
      ) : (
        <p>{t('ncp.select.intro', { receiver: nameOf(receiver) })}</p>
      )}
      <Missing gaps={gaps} notices={data.notices ?? []} t={t} />
      <SummaryList
        rows={[
          { name: t('document.name'), value: `${givenNames} ${familyName}` },
          ...(birthDate === undefined ? [] : [{ name: t('document.birth-date'), value: shownDay(birthDate) }]),
        ]}
      />
      <OwnForm action={`${base}/select`} token={token}>
        {reports.map((trees, index) => (
          <fieldset key={index} class="results-choice" id={index === 0 ? 'results' : undefined}>
            <legend>
              <Title {...issuerTitle(elmo.reports[index]!, language)} />
            </legend>
            <ResultChoices nodes={trees} chosen={chosen} all={data.wholeOnly === true} context={context} />
          </fieldset>
        ))}
        {hasParts && !data.wholeOnly && <p class="hint">{t('ncp.select.parts')}</p>}
        {data.unread && (
          <Notice kind="warning" title={t('ncp.select.unread-title')}>
            <p>{t('ncp.select.unread', { titles: data.unread.join(', ') })}</p>
            <label>
              <input id="without-unread" type="checkbox" name="without-unread" value="yes" />
              <span>{t('ncp.select.without-unread')}</span>
            </label>
          </Notice>
        )}
        <Button>{t('ncp.select.preview')}</Button>
      </OwnForm>
      <LinkNotice {...context} links={data.links ?? []} />
      <CancelForm {...context} />
    </>
  )
}

const issuerTitle = ({ issuer }: Report, language: string) => shownTitle(issuer.title, language, issuer.url)
const nameOf = (receiver: (NcpPage & { page: 'select-results' })['receiver']): string =>
  receiver.kind === 'known' ? receiver.name : receiver.host

function ResultChoices(props: {
  nodes: readonly ResultNode[]
  chosen: ReadonlySet<string> | undefined
  /** Nothing can be left out. */
  all: boolean
  /** What they are parts of. */
  whole?: ResultRow
  context: PageContext
}) {
  const { nodes, chosen, all, whole, context } = props
  const { t, language } = context
  return (
    <ul class="result-tree">
      {nodes.map(({ id, los, parts }) => {
        const row = resultRow(los, { key: id, ...(whole && { whole }) }, t, language)
        const facts = [row.code, row.credits, row.grade, row.status, row.date].filter((fact) => fact !== undefined)
        return (
          <li key={id}>
            <label>
              {!all && <input type="checkbox" name={`result.${id}`} value="yes" checked={chosen?.has(id) ?? true} />}
              <span>
                <ResultTitle t={t} row={row} />
                <span class="result-facts">
                  {facts.map((fact) => (
                    <span key={fact}>{fact}</span>
                  ))}
                </span>
              </span>
            </label>
            {parts.length > 0 && <ResultChoices {...props} nodes={parts} whole={row} />}
          </li>
        )
      })}
    </ul>
  )
}
