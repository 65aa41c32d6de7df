import { defaults, reasonRow } from '@emrex-gateway/core'
import { ReceiptView, secondProofTitle, type FormAction, type PageView } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { ChooseNcpPage } from './choose-ncp.page.js'
import { GivenPage } from './given.page.js'
import { EndedPage, HandedOverPage, ImportedPage, NeedsStaffPage } from './end.page.js'
import { HistoryPage } from './history.page.js'
import { ChooseLoginPage, LoginFailedPage } from './login.page.js'
import type { PageContext } from './page-context.js'
import { ReviewPage } from './review.page.js'
import { SecondProofPage } from './second-proof.page.js'
import { ImportingPage, WaitingPage } from './waiting.page.js'

type View = Pick<PageView, 'title' | 'body' | 'formAction' | 'status' | 'refreshSeconds' | 'rememberDays'>

/** A page of the SMP as the frame takes it. Forms that lead to a login or an NCP carry no `form-action`. */
export function smpPageView(data: SmpPage, context: PageContext): View {
  const { t, title, byHand, isAsked } = context
  const self = { kind: 'self' } as const
  const open = { kind: 'open' } as const
  switch (data.page) {
    case 'choose-login':
      return {
        title: t('smp.login.title', { title }),
        body: <ChooseLoginPage data={data} context={context} />,
        formAction: open,
        status: 200,
      }
    case 'login-failed':
      return {
        title: t(data.code === 'USER_CANCEL' ? 'smp.login.cancelled' : 'smp.login.failed'),
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
    case 'choose-ncp':
      return {
        title: t('smp.choose.title'),
        body: <ChooseNcpPage data={data} context={context} />,
        formAction: open,
        status: data.mistake ? reasonRow(data.mistake).status : 200,
      }
    case 'waiting':
      return {
        title: t('smp.waiting.title'),
        body: <WaitingPage data={data} context={context} />,
        formAction: open,
        status: 200,
      }
    case 'review':
      return {
        title: t('smp.review.title'),
        body: <ReviewPage data={data} context={context} />,
        formAction: self,
        status: 200,
      }
    case 'needs-staff':
      return {
        title: t('smp.staff-wait.title'),
        body: <NeedsStaffPage data={data} context={context} />,
        formAction: leaving(data),
        status: 200,
      }
    case 'importing':
      return {
        title: t(isAsked ? 'api.importing.title' : byHand ? 'smp.importing.title-by-hand' : 'smp.importing.title'),
        body: <ImportingPage data={data} context={context} />,
        formAction: self,
        status: 200,
        refreshSeconds: data.tries === 'first' ? 2 : 30,
      }
    case 'imported':
      return {
        title: t('smp.imported.title'),
        body: <ImportedPage data={data} context={context} />,
        formAction: leaving(data),
        status: 200,
      }
    case 'passed-on':
      return {
        title: t('smp.passed-on.title'),
        body: <ImportedPage data={data} context={context} />,
        formAction: leaving(data),
        status: 200,
      }
    case 'handed-over':
      return {
        title: t('smp.handed-over.title', { title }),
        body: <HandedOverPage data={data} context={context} />,
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
    case 'history':
      return {
        title: t('history.title'),
        body: <HistoryPage data={data} context={context} />,
        formAction: self,
        status: 200,
      }
    case 'given':
      return {
        title: t('api.given.title', { asker: data.asker }),
        body: <GivenPage data={data} context={context} />,
        formAction: leaving(data),
        status: 200,
      }
    case 'ended':
      return {
        title: t(`problem.${data.code}.title`),
        body: <EndedPage data={data} context={context} />,
        formAction: leaving(data),
        status: reasonRow(data.code).status,
      }
  }
}

/** The form that leaves a login leads to that login. */
const leaving = ({ leave }: { readonly leave?: string }): FormAction => ({
  kind: leave === undefined ? 'self' : 'open',
})
