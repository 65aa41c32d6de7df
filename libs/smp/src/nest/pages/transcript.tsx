import type { VerifiedCase } from '@emrex-gateway/core'
import { ElmoDocument, renderStandalonePage, SummaryList, translator } from '@emrex-gateway/web'
import { caseRows } from './case-by-hand.page.js'

/** A case as one file to read and to print, without anything that lies elsewhere. */
export function transcriptOf(open: VerifiedCase, language: string): Uint8Array {
  const t = translator(language)
  const { document, origin } = open
  const { learner } = document.elmo
  const { signer } = document.report
  const signature = [
    t('by-hand.signature-held', { ncp: origin.ncp }),
    ...(signer === undefined
      ? []
      : [t('smp.review.signer', { subject: signer.subject, until: signer.notAfter.slice(0, 10) })]),
  ]
  const html = renderStandalonePage({
    title: t('by-hand.transcript', { name: `${learner.givenNames} ${learner.familyName}` }),
    language,
    body: (
      <>
        <ElmoDocument elmo={document.elmo} t={t} language={language} />
        <h2>{t('by-hand.transcript-about')}</h2>
        <SummaryList
          rows={[...caseRows(open, { t, language }), { name: t('by-hand.signature'), value: signature.join(' ') }]}
        />
        <p>{t('by-hand.transcript-what')}</p>
      </>
    ),
  })
  return Buffer.from(html)
}
