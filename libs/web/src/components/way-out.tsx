import type { ComponentChildren } from 'preact'
import { Button } from './button.js'
import { OwnForm } from './own-form.js'

/** The quiet way out at the end of a page: the transfer is cancelled. */
export function WayOut({ base, token, children }: { base: string; token: string; children: ComponentChildren }) {
  return (
    <div class="way-out">
      <OwnForm action={`${base}/cancel`} token={token}>
        <Button kind="quiet">{children}</Button>
      </OwnForm>
    </div>
  )
}
