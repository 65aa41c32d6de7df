import type { ComponentChildren } from 'preact'
import { formTokenField } from '../forms/form-token.js'

/** A form that posts to ourselves, with its token; pressed twice, it is sent once. Check it with `demandOwnForm`. */
export function OwnForm(props: { action: string; token: string; children: ComponentChildren }) {
  return (
    <form method="post" action={props.action} data-submit-once>
      <input type="hidden" name={formTokenField} value={props.token} />
      {props.children}
    </form>
  )
}
