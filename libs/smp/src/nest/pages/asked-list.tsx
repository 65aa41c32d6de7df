import { SummaryList, type TextKey } from '@emrex-gateway/web'
import { localText } from '../../api/import-api.js'
import type { AskedFor } from '../../api/request-records.js'
import type { PageContext, Words } from './page-context.js'

/** Who asks, what for, what leaves, how long it is kept and on what basis: before anything leaves. */
export function AskedList({ asked, context }: { asked: AskedFor; context: Words }) {
  const { t, language } = context
  const { asker, purpose, legalBasis, retentionDays } = asked
  const basis = localText(legalBasis, language)
  return (
    <SummaryList
      rows={[
        { name: t('api.ask.asker'), value: asker },
        { name: t('api.ask.purpose'), value: localText(purpose, language) },
        { name: t('api.ask.fields'), value: <FieldList asked={asked} context={context} /> },
        { name: t('api.ask.kept'), value: t('api.ask.days', { count: retentionDays }) },
        ...(basis === '' ? [] : [{ name: t('api.ask.basis'), value: basis }]),
      ]}
    />
  )
}

/** The fields in words; the whole document says it all. */
export function FieldList({ asked, context }: { asked: AskedFor; context: Pick<PageContext, 't'> }) {
  const { t } = context
  if (asked.fields.includes('document')) return <>{t('api.ask.whole')}</>
  return (
    <ul>
      {asked.fields.map((field) => (
        <li key={field}>{t(`api.field.${field}` satisfies TextKey)}</li>
      ))}
    </ul>
  )
}
