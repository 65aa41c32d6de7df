import { renderStandalonePage } from '../pages/standalone-page.js'
import { translator } from '../texts/translator.js'
import { StatisticsReport, type StatisticsReportData } from './statistics-report.js'

/** All charts and tables as a file of its own, for an operator whose gateway has no login for staff. */
export function renderStatistics(data: StatisticsReportData, language: string): string {
  const t = translator(language)
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const title = `${t('statistics.title')}: ${day(data.from)} – ${day(data.to - 1)}`
  return renderStandalonePage({ title, language, body: <StatisticsReport t={t} language={language} data={data} /> })
}
