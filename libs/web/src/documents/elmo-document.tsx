import { creditSum, pickText, type Attachment, type Elmo } from '@emrex-gateway/elmo'
import { ResultTable } from '../components/result-table.js'
import { SummaryList } from '../components/summary-list.js'
import type { Translate } from '../texts/translator.js'
import { learnerRows } from './learner-rows.js'
import { resultRows } from './result-rows.js'

/** A whole document for reading: the person, the results of each institution, the attachments. Shows nothing that it does not hold. */
export function ElmoDocument({ elmo, t, language }: { elmo: Elmo; t: Translate; language: string }) {
  const { ects } = creditSum(elmo)
  const attachments = [...(elmo.attachments ?? []), ...elmo.reports.flatMap((report) => report.attachment ?? [])]
  const rows = [
    ...learnerRows(elmo.learner, t, language),
    ...(ects === undefined ? [] : [{ name: t('document.ects'), value: ects }]),
  ]
  return (
    <>
      <SummaryList rows={rows} />
      {elmo.reports.map((report, index) => (
        <ResultTable
          key={index}
          t={t}
          caption={pickText(report.issuer.title, [language, 'en'])?.value ?? report.issuer.url}
          rows={resultRows(report, t, language)}
        />
      ))}
      {attachments.length > 0 && (
        <>
          <h2>{t('document.attachments')}</h2>
          <ul>
            {attachments.map((attachment, index) => (
              <li key={index}>{attachmentText(attachment, t, language)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function attachmentText(attachment: Attachment, t: Translate, language: string): string {
  const title = pickText(attachment.title, [language, 'en'])?.value ?? attachment.type ?? t('document.attachment')
  const bytes = (attachment.content ?? []).reduce((sum, { value }) => sum + value.length * 0.75, 0)
  return t('document.attachment-size', { title, size: sizeText(bytes) })
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
