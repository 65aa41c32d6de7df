import { referenceOf } from '@emrex-gateway/core'
import type { Translate } from '../texts/translator.js'

/** The number to ask for help with. */
export const Reference = ({ t, number }: { t: Translate; number: string }) => (
  <p class="reference">
    {t('site.reference')} <code>{number}</code>
    <span class="hint">{t('site.reference-hint')}</span>
  </p>
)

/** That of a transfer, by which staff and the log know it. `base` is its hub, whose address ends with its id. */
export const TransferReference = ({ t, base }: { t: Translate; base: string }) => (
  <Reference t={t} number={referenceOf(base.slice(base.lastIndexOf('/') + 1))} />
)
