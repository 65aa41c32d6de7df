import { OwnForm } from './own-form.js'

/** One button per login; `base` is the path of the transfer. */
export function LoginChoice(props: {
  logins: readonly { readonly id: string; readonly label: string }[]
  base: string
  token: string
}) {
  return (
    <OwnForm action={`${props.base}/login`} token={props.token}>
      <ul class="choices">
        {props.logins.map(({ id, label }) => (
          <li key={id}>
            <button class="choice" type="submit" name="login" value={id}>
              <span class="choice-label">{label}</span>
            </button>
          </li>
        ))}
      </ul>
    </OwnForm>
  )
}
