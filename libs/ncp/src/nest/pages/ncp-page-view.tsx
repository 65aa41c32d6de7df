import { defaults, reasonRow } from '@emrex-gateway/core'
import { ReceiptView, secondProofTitle, type FormAction, type PageView } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { ChooseLoginPage, LoginFailedPage } from './choose-login.page.js'
import { ConfirmReceiverPage } from './confirm-receiver.page.js'
import { CollectingPage } from './collecting.page.js'
import { AnsweringPage, EndedPage, SentPage } from './end.page.js'
import type { PageContext } from './page-context.js'
import { PreviewPage } from './preview.page.js'
import { SecondProofPage } from './second-proof.page.js'
import { SelectResultsPage } from './select-results.page.js'

type View = Pick<PageView, 'title' | 'body' | 'formAction' | 'status' | 'refreshSeconds' | 'rememberDays'>

/** A page of the NCP as the frame takes it. Every form here may end at a login or at the receiver: see `formAction`. */
export function ncpPageView(data: NcpPage, context: PageContext): View {
  const { t, title } = context
  const self = { kind: 'self' } as const
  const open = { kind: 'open' } as const
  switch (data.page) {
    case 'confirm-receiver':
      return {
        title: t('ncp.receiver.title'),
        body: <ConfirmReceiverPage data={data} context={context} />,
        formAction: open,
        status: 200,
      }
    case 'choose-login':
      return {
        title: t('ncp.login.title', { title }),
        body: <ChooseLoginPage data={data} context={context} />,
        formAction: open,
        status: 200,
      }
    case 'login-failed':
      return {
        title: t(data.code === 'USER_CANCEL' ? 'ncp.login.cancelled' : 'ncp.login.failed'),
        body: <LoginFailedPage data={data} context={context} />,
        formAction: open,
        status: reasonRow(data.code).status,
      }
    case 'second-proof':
      return {
        title: secondProofTitle(t, data.proof),
        body: <SecondProofPage data={data} context={context} />,
        formAction: open,
        status: 200,
      }
    case 'collecting':
      return {
        title: t('collecting.title'),
        body: <CollectingPage data={data} context={context} />,
        formAction: self,
        status: 200,
        refreshSeconds: defaults.collectPageSeconds,
      }
    case 'select-results':
      return {
        title: t('ncp.select.title'),
        body: <SelectResultsPage data={data} context={context} />,
        formAction: self,
        status: 200,
      }
    case 'preview':
      return {
        title: t('ncp.preview.title'),
        body: <PreviewPage data={data} context={context} />,
        formAction: self,
        status: 200,
      }
    case 'sent':
      return {
        title: t('ncp.sent.title'),
        body: <SentPage data={data} context={context} />,
        formAction: leaving(data),
        status: 200,
      }
    case 'answering':
      return {
        title: t(`problem.${data.code}.title`),
        body: <AnsweringPage data={data} context={context} />,
        formAction: leaving(data),
        status: 200,
      }
    case 'receipt':
      return {
        title: t(`receipt.title.${data.receipt.act}`),
        body: <ReceiptView {...context} data={data} />,
        formAction: self,
        status: 200,
        // At least as long as the page says that it can be opened here.
        rememberDays: defaults.endedTransferHours / 24,
      }
    case 'ended':
      return {
        title: t(`problem.${data.code}.title`),
        body: <EndedPage data={data} context={context} />,
        formAction: self,
        status: reasonRow(data.code).status,
      }
  }
}

/** The form that leaves a login leads to that login. */
const leaving = ({ leave }: { readonly leave?: string }): FormAction => ({
  kind: leave === undefined ? 'self' : 'open',
})
