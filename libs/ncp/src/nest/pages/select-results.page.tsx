import { listResults, pickText, type ResultNode } from '@emrex-gateway/elmo'
import { Button, ErrorSummary, LinkNotice, Notice, OwnForm, resultRow, SummaryList } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
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
  const { givenNames, familyName, bday } = elmo.learner
  const reports = listResults(elmo)
  const chosen = data.chosen && new Set(data.chosen)
  const hasParts = reports.some((trees) => trees.some(({ parts }) => parts.length > 0))
  return (
    <>
      {data.mistake && <ErrorSummary t={t} errors={[{ text: t('ncp.select.nothing-chosen'), fieldId: 'results' }]} />}
      <p>{t('ncp.select.intro', { receiver: receiver.kind === 'known' ? receiver.name : receiver.host })}</p>
      {gaps.length > 0 && (
        <Notice kind="warning" title={t('ncp.select.gaps-title')}>
          <ul>
            {gaps.map(({ institution, code }) => (
              <li key={institution}>{t('ncp.select.gap', { institution, reason: t(`problem.${code}.title`) })}</li>
            ))}
          </ul>
        </Notice>
      )}
      <SummaryList
        rows={[
          { name: t('document.name'), value: `${givenNames} ${familyName}` },
          ...(bday === undefined ? [] : [{ name: t('document.birth-date'), value: bday }]),
        ]}
      />
      <OwnForm action={`${base}/select`} token={token}>
        {reports.map((trees, index) => (
          <fieldset key={index} class="results-choice" id={index === 0 ? 'results' : undefined}>
            <legend>{pickText(elmo.reports[index]!.issuer.title, [language, 'en'])?.value}</legend>
            <ResultChoices nodes={trees} chosen={chosen} context={context} />
          </fieldset>
        ))}
        {hasParts && <p class="hint">{t('ncp.select.parts')}</p>}
        <Button>{t('ncp.select.preview')}</Button>
      </OwnForm>
      <LinkNotice {...context} links={data.links ?? []} />
      <CancelForm {...context} />
    </>
  )
}

function ResultChoices(props: {
  nodes: readonly ResultNode[]
  chosen: ReadonlySet<string> | undefined
  context: PageContext
}) {
  const { nodes, chosen, context } = props
  const { t, language } = context
  return (
    <ul class="result-tree">
      {nodes.map(({ id, los, parts }) => {
        const row = resultRow(los, { key: id, depth: 0 }, t, language)
        const facts = [row.code, row.credits, row.grade, row.status, row.date].filter((fact) => fact !== undefined)
        return (
          <li key={id}>
            <label>
              <input type="checkbox" name={`result.${id}`} value="yes" checked={chosen?.has(id) ?? true} />
              <span>
                <span lang={row.titleLanguage} dir="auto">
                  {row.title}
                </span>
                <span class="result-facts">
                  {facts.map((fact) => (
                    <span key={fact}>{fact}</span>
                  ))}
                </span>
              </span>
            </label>
            {parts.length > 0 && <ResultChoices nodes={parts} chosen={chosen} context={context} />}
          </li>
        )
      })}
    </ul>
  )
}
