import { searchNcps, type NcpHit } from '@emrex-gateway/registry'
import { Button, ErrorSummary, LinkNotice, Notice, OwnForm } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

type Data = SmpPage & { page: 'choose-ncp' }

/** Where the results lie: search, countries, one button per place to go to. The own university is there, with the reason why not. */
export function ChooseNcpPage({ data, context }: { data: Data; context: PageContext }) {
  const { t, base, language } = context
  const { snapshot, query, own, mistake } = data
  const countries = searchNcps(snapshot, query, language)
  return (
    <>
      {mistake && <ErrorSummary t={t} errors={[{ text: t(`problem.${mistake}.what`), fieldId: 'query' }]} />}
      {snapshot.stale && snapshot.entries.length > 0 && (
        <Notice kind="warning">
          <p>{t('smp.choose.stale')}</p>
        </Notice>
      )}
      <p>{t('smp.choose.intro')}</p>
      <form method="get" action={base} role="search" class="search">
        <label for="query">{t('smp.choose.search')}</label>
        <div class="search-line">
          <input id="query" type="search" name="query" value={query} autoComplete="off" />
          <Button kind="secondary">{t('smp.choose.search-button')}</Button>
        </div>
      </form>
      {query !== '' && (
        <p role="status">
          {t(countries.length > 0 ? 'smp.choose.found' : 'smp.choose.nothing', { query })}{' '}
          <a href={base}>{t('smp.choose.all')}</a>
        </p>
      )}
      {snapshot.entries.length === 0 && <p>{t('smp.choose.empty')}</p>}
      {countries.map(({ code, name, hits }) => (
        <section key={code} aria-labelledby={`country-${code}`}>
          <h2 id={`country-${code}`}>{name}</h2>
          <ul class="choices">
            {hits.map((hit) => (
              <li key={hit.entry.id}>
                <NcpChoice hit={hit} isOwn={own.includes(hit.entry.id)} context={context} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {data.earlier !== undefined && (
        <p>
          <a href={`${base}/history`}>{t('history.link', { count: data.earlier })}</a>
        </p>
      )}
      {data.link && <LinkNotice {...context} links={[data.link]} />}
      <CancelForm {...context} />
    </>
  )
}

function NcpChoice({ hit: { entry }, isOwn, context }: { hit: NcpHit; isOwn: boolean; context: PageContext }) {
  const { t, base, token } = context
  const label = entry.institutions.length === 1 ? entry.institutions[0]! : entry.name
  if (isOwn)
    return (
      <div class="choice disabled">
        <span class="choice-label">{label}</span>
        <span class="choice-detail">{t('smp.choose.own')}</span>
      </div>
    )
  return (
    <OwnForm action={`${base}/ask`} token={token}>
      <button class="choice" type="submit" name="ncp" value={entry.id}>
        <span class="choice-label">{t('smp.choose.go', { name: label })}</span>
        {entry.institutions.length > 1 && (
          <span class="choice-detail">{t('smp.choose.serves', { list: entry.institutions.join(', ') })}</span>
        )}
      </button>
    </OwnForm>
  )
}
