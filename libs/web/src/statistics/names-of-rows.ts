import { countryName, reasons, type ReasonCode, type Stage, type StatisticsDimension } from '@emrex-gateway/core'
import type { Translate } from '../texts/translator.js'

const special = {
  unknown: 'statistics.name.unknown',
  none: 'statistics.name.none',
  other: 'statistics.name.other',
} as const

/** The name of a row in words. */
export function nameOfRow(by: StatisticsDimension, name: string, t: Translate, language: string): string {
  if (by === 'reason') {
    if (name === 'UNDER_WAY') return t('statistics.outcome.under-way')
    return Object.hasOwn(reasons, name) ? t(`problem.${name as ReasonCode}.title`) : name
  }
  if (by === 'stage') return t(`statistics.stage.${name as Stage | 'under-way'}`)
  if (by === 'country' && /^[A-Z]{2}$/.test(name)) return countryName(name, language)
  if (by === 'hour') return `${name}:00`
  return Object.hasOwn(special, name) ? t(special[name as keyof typeof special]) : name
}
