import { StatisticsReport, type PageView } from '@emrex-gateway/web'
import type { StatisticsPage } from '../../flow/staff-statistics.js'
import type { PageContext } from './page-context.js'

/** The figures of one entry, and ways to another entry and to another time. */
export function statisticsView(
  data: StatisticsPage,
  context: PageContext,
): Pick<PageView, 'title' | 'body' | 'formAction' | 'status' | 'width'> {
  const { t, language, base } = context
  const query = (change: { of?: string; year?: number | undefined }) => {
    const { of, year }: { of: string; year?: number | undefined } = { of: data.of, year: data.year, ...change }
    return new URLSearchParams({ of, ...(year === undefined ? {} : { year: String(year) }) }).toString()
  }
  const choice = (key: string, text: string, isThis: boolean, change: Parameters<typeof query>[0]) =>
    isThis ? (
      <strong key={key} aria-current="true">
        {text}
      </strong>
    ) : (
      <a key={key} href={`${base}/statistics?${query(change)}`}>
        {text}
      </a>
    )
  // A university that gives results and fetches them has one title and two sets of figures.
  const nameOf = ({ role, title }: (typeof data.entries)[number]) => t(`statistics.entry.${role}`, { title })
  const shown = data.entries.find(({ of }) => of === data.of)
  return {
    title: `${t('statistics.title')}: ${shown === undefined ? data.of : nameOf(shown)}`,
    status: 200,
    width: 'wide',
    formAction: { kind: 'self' },
    body: (
      <>
        <p class="only-on-screen">
          <a href={base}>{t('statistics.back')}</a>
        </p>
        {data.entries.length > 1 && (
          <nav class="choices" aria-label={t('statistics.of')}>
            {data.entries.map((entry) => choice(entry.of, nameOf(entry), entry.of === data.of, { of: entry.of }))}
          </nav>
        )}
        <nav class="choices" aria-label={t('statistics.span')}>
          {choice('days', t('statistics.span.days'), data.year === undefined, { year: undefined })}
          {data.years.map((year) => choice(String(year), String(year), year === data.year, { year }))}
        </nav>
        <p>
          {t('statistics.intro')} {t('statistics.not-public')}
        </p>
        <StatisticsReport
          t={t}
          language={language}
          data={{ ...data, fileUrl: (by, type) => `${base}/statistics/${by}.${type}?${query({})}` }}
        />
      </>
    ),
  }
}
