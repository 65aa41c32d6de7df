import { defaults, senderText, type ReceiptFile, type TransferReceipt } from '@emrex-gateway/core'
import { timeText } from '../texts/time-text.js'
import type { Translate } from '../texts/translator.js'
import { Button } from './button.js'
import { SummaryList } from './summary-list.js'

export interface ReceiptData {
  readonly receipt: TransferReceipt
  readonly signed: boolean
  /** ISO instant: so long it can be opened here. */
  readonly until: string
}

/** What a page shows of a receipt. */
export function receiptDataOf({ receipt, signature }: ReceiptFile): ReceiptData {
  const until = new Date(Date.parse(receipt.at) + defaults.endedTransferHours * 3_600_000).toISOString()
  return { receipt, signed: signature !== undefined, until }
}

/** What the person keeps of a transfer, to read and to save. `base` is the transfer's hub. */
export function ReceiptView(props: { t: Translate; language: string; base: string; data: ReceiptData }) {
  const { t, language, base, data } = props
  const { receipt, signed, until } = data
  const { number, act, at, issuer, from, to, basis, content, document } = receipt
  return (
    <>
      <p>{t(`receipt.what.${act}`)}</p>
      <SummaryList
        rows={[
          { name: t('receipt.number'), value: <code>{number}</code> },
          { name: t('receipt.at'), value: <time dateTime={at}>{timeText(at, language)}</time> },
          { name: t('receipt.from'), value: senderText(from, language) },
          { name: t('receipt.to'), value: to.address === undefined ? to.name : `${to.name}, ${to.address}` },
          { name: t('receipt.content'), value: <Institutions {...{ t, content }} /> },
          ...(content.ects === undefined ? [] : [{ name: t('receipt.ects'), value: content.ects }]),
          { name: t('receipt.attachments'), value: String(content.attachments) },
          { name: t('receipt.basis'), value: basis },
          {
            name: t('receipt.hash'),
            value: (
              <>
                <code class="hash">{document.sha256}</code>
                <br />
                {t('receipt.hash-what')}
              </>
            ),
          },
          { name: t('receipt.issuer'), value: `${issuer.name}, ${issuer.address}` },
        ]}
      />
      <p>{t(signed ? 'receipt.signed' : 'receipt.unsigned')}</p>
      <p>{t('receipt.kept', { at: timeText(until, language) })}</p>
      <p>
        <Button href={`${base}/receipt.pdf`}>{t('receipt.pdf')}</Button>{' '}
        <Button kind="secondary" href={`${base}/receipt.json`}>
          {t('receipt.json')}
        </Button>
      </p>
      <p>
        <a href={base}>{t('receipt.back')}</a>
      </p>
    </>
  )
}

/** Institutions and how much of theirs, one a line; the language of their names is not known. */
function Institutions({ t, content }: { t: Translate; content: TransferReceipt['content'] }) {
  return (
    <ul class="plain">
      {content.institutions.map(({ name, results, extent }) => (
        <li key={name}>
          {t('receipt.institution', { name, count: results })}
          {extent !== undefined && ` (${t(`receipt.extent.${extent}`)})`}
        </li>
      ))}
    </ul>
  )
}

/** The way to the receipt, from the last page of a transfer. */
export function ReceiptLink({ t, base, number }: { t: Translate; base: string; number: string | undefined }) {
  if (number === undefined) return null
  return (
    <p>
      <a href={`${base}/receipt`}>{t('receipt.link')}</a> (<code>{number}</code>). {t('receipt.link-hint')}
    </p>
  )
}
