import { Button, type PageView, type Translate } from '@emrex-gateway/web'

/** The first page: what will happen, in three steps, and one button. */
export function startPageView(
  t: Translate,
  title: string,
  home: string,
  { hasStaff, byHand }: { readonly hasStaff: boolean; readonly byHand: boolean },
): Pick<PageView, 'title' | 'body' | 'formAction' | 'status'> {
  return {
    title: t('smp.start.title'),
    status: 200,
    // The answer to the button may be a redirect to a login elsewhere.
    formAction: { kind: 'open' },
    body: (
      <>
        <ol class="steps">
          <li>{t('smp.start.step-login', { title })}</li>
          <li>{t('smp.start.step-abroad')}</li>
          <li>{t(byHand ? 'smp.start.step-back-by-hand' : 'smp.start.step-back')}</li>
        </ol>
        <p>{t('smp.start.time')}</p>
        <form method="post" action={home} data-submit-once>
          <Button>{t('smp.start.button')}</Button>
        </form>
        {hasStaff && (
          <form method="post" action={`${home}/staff`} class="way-out">
            <Button kind="quiet">{t('smp.start.staff')}</Button>
          </form>
        )}
      </>
    ),
  }
}
