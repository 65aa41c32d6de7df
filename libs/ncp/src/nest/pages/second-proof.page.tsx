import { SecondProof } from '@emrex-gateway/web'
import type { NcpPage } from '../../flow/ncp-page.js'
import { CancelForm } from './cancel-form.js'
import type { PageContext } from './page-context.js'

export function SecondProofPage({ data, context }: { data: NcpPage & { page: 'second-proof' }; context: PageContext }) {
  const { t, base, token } = context
  return (
    <>
      <SecondProof t={t} proof={data.proof} base={base} token={token} />
      <CancelForm {...context} />
    </>
  )
}
