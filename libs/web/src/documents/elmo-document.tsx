import { attachmentFiles } from '@emrex-gateway/core'
import { creditSum, type Attachment, type Elmo } from '@emrex-gateway/elmo'
import { ResultTable } from '../components/result-table.js'
import { SummaryList } from '../components/summary-list.js'
import { shownTitle, TextWithTitle, Title } from '../components/text-with-title.js'
import type { Translate } from '../texts/translator.js'
import { learnerRows } from './learner-rows.js'
import { resultRows } from './result-rows.js'

/**
 * A whole document for reading: the person, the results of each institution, the attachments. Shows nothing that it does
 * not hold. `filesAt` is the path where its attachments can be had as files, where they can.
 */
export function ElmoDocument(props: { elmo: Elmo; t: Translate; language: string; filesAt?: string }) {
  const { elmo, t, language, filesAt } = props
  const { ects } = creditSum(elmo)
  const attachments = [...(elmo.attachments ?? []), ...elmo.reports.flatMap((report) => report.attachment ?? [])]
  const files = filesAt === undefined ? [] : attachmentFiles(elmo)
  /** They are counted through the document, and an attachment may have several. */
  const filesOf = (index: number) => {
    const before = attachments.slice(0, index).reduce((sum, { content = [] }) => sum + content.length, 0)
    return files.slice(before, before + (attachments[index]?.content ?? []).length)
  }
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
          caption={<Title {...shownTitle(report.issuer.title, language, report.issuer.url)} />}
          rows={resultRows(report, t, language)}
        />
      ))}
      {attachments.length > 0 && (
        <>
          <h2>{t('document.attachments')}</h2>
          <ul>
            {attachments.map((attachment, index) => (
              <li key={index}>
                <AttachmentText attachment={attachment} t={t} language={language} />
                {filesOf(index).map(({ name }) => (
                  <>
                    {' '}
                    <a href={`${filesAt}/${name}`} download>
                      {name}
                    </a>
                  </>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function AttachmentText({ attachment, t, language }: { attachment: Attachment; t: Translate; language: string }) {
  const shown = shownTitle(attachment.title, language, attachment.type ?? t('document.attachment'))
  const bytes = (attachment.content ?? []).reduce((sum, { value }) => sum + value.length * 0.75, 0)
  const size = sizeText(bytes)
  return <TextWithTitle {...shown} text={(title) => t('document.attachment-size', { title, size })} />
}

const sizeText = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
