import { SecondProof } from '@emrex-gateway/web'
import type { SmpPage } from '../../flow/smp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function SecondProofPage({ data, context }: { data: SmpPage & { page: 'second-proof' }; context: PageContext }) {
  const { t, base, token } = context
  return (
    <>
      <SecondProof t={t} proof={data.proof} base={base} token={token} />
      <CancelForm {...context} />
    </>
  )
}
