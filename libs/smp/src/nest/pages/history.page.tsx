import { OwnForm, Button } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import type { PageContext } from './page-context.js'

/** What the student brought here before: a receipt each, and the way to have the list removed. */
export function HistoryPage({ data, context }: { data: SmpPage & { page: 'history' }; context: PageContext }) {
  const { t, base, token, language } = context
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long' })
  return (
    <>
      <p>{t('history.intro')}</p>
      {data.receipts.length === 0 && <p>{t('history.none')}</p>}
      {data.receipts.map(({ number, at, from, act, content }) => (
        <section key={number} aria-labelledby={`receipt-${number}`}>
          <h2 id={`receipt-${number}`}>{t('history.item', { at: day.format(new Date(at)), from: from.name })}</h2>
          <p>{t(`receipt.what.${act}`)}</p>
          <ul>
            {content.institutions.map(({ name, results }) => (
              <li key={name}>{t('receipt.institution', { name, count: results })}</li>
            ))}
          </ul>
          <p>
            <a href={`${base}/history/${number}.pdf`}>{t('history.pdf', { number })}</a>{' '}
            <a href={`${base}/history/${number}.json`}>{t('history.json', { number })}</a>
          </p>
        </section>
      ))}
      {data.receipts.length > 0 && (
        <OwnForm action={`${base}/forget`} token={token}>
          <p>{t('history.forget-what')}</p>
          <Button kind="secondary">{t('history.forget')}</Button>
        </OwnForm>
      )}
      <p>
        <a href={base}>{t('receipt.back')}</a>
      </p>
    </>
  )
}
