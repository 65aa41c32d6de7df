import type { VerifiedElmo } from '@emrex-gateway/elmo'
import { Button, CheckList, ElmoDocument, OwnForm, TranscriptLink, WayOut, type Translate } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { AskedList } from './asked-list.js'
import { CancelForm } from './cancel-form.js'
import { matchTexts } from './match-texts.js'
import type { PageContext } from './page-context.js'

/** What arrived, read from the signed bytes alone, and what was checked. Nothing is imported without the button here. */
export function ReviewPage({ data, context }: { data: SmpPage & { page: 'review' }; context: PageContext }) {
  const { t, base, token, language, byHand } = context
  const { ncp, document, match, deviations, transcript, asked } = data
  return (
    <>
      <p>
        {asked
          ? t('api.review.intro', { ncp, asker: asked.asker })
          : t(byHand ? 'smp.review.intro-by-hand' : 'smp.review.intro', { ncp })}
      </p>
      <h2>{t('smp.review.checks')}</h2>
      <CheckList
        t={t}
        checks={[
          { outcome: 'passed', text: t('smp.review.check-signature', { ncp }) },
          {
            // Where a university fetches results, such a document goes to its staff and not here.
            outcome: match.verdict === 'same' ? 'passed' : 'doubt',
            text:
              asked !== undefined && match.verdict !== 'same'
                ? t('api.review.check-doubt', { asker: asked.asker })
                : t('smp.review.check-person'),
            detail: matchTexts(match.reasons, t).join(' '),
          },
        ]}
      />
      <h2>{t('smp.review.results')}</h2>
      <ElmoDocument elmo={document.elmo} t={t} language={language} />
      {transcript && <TranscriptLink t={t} href={`${base}/transcript.pdf`} hint={t('smp.review.transcript')} />}
      <TechnicalDetails document={document} deviations={deviations} t={t} />
      {asked && (
        <>
          <h2>{t('api.review.leaves', { asker: asked.asker })}</h2>
          <AskedList asked={asked} context={context} />
          <p>{!asked.fields.includes('document') && t('api.review.only')}</p>
        </>
      )}
      <OwnForm action={`${base}/accept`} token={token}>
        <Button>
          {asked
            ? t('api.review.accept', { asker: asked.asker })
            : t(byHand ? 'smp.review.accept-by-hand' : 'smp.review.accept')}
        </Button>
      </OwnForm>
      {asked ? (
        <WayOut base={base} token={token}>
          {t('api.review.decline')}
        </WayOut>
      ) : (
        <CancelForm {...context} />
      )}
    </>
  )
}

/** What a help desk asks for and nobody else needs: folded away. */
function TechnicalDetails(props: { document: VerifiedElmo; deviations: readonly string[]; t: Translate }) {
  const { t, deviations } = props
  const { signer } = props.document.report
  if (signer === undefined && deviations.length === 0) return null
  return (
    <details>
      <summary>{t('smp.review.technical')}</summary>
      {signer && <p>{t('smp.review.signer', { subject: signer.subject, until: signer.notAfter.slice(0, 10) })}</p>}
      {deviations.length > 0 && <p>{t('smp.review.notices', { list: deviations.join(', ') })}</p>}
    </details>
  )
}
