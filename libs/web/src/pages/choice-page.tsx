import type { Choice } from '@emrex-gateway/core'
import { Button } from '../components/button.js'
import { FilterField } from '../components/filter-field.js'
import { HiddenFields } from '../components/hidden-fields.js'
import type { Frame } from '../server/site.js'
import { translator } from '../texts/translator.js'
import type { PageView } from './page.js'

/** Up to this many options are read faster than they are searched. */
const optionsWithoutFilter = 8

/** The page of a choice: one button per option, so that one press answers, with or without script. */
export function choicePage(choice: Choice, frame: Frame): PageView {
  const t = translator(frame.language)
  return {
    ...frame,
    title: choice.title,
    status: 200,
    // The answer may be a redirect to a login elsewhere.
    formAction: { kind: 'open' },
    body: (
      <form method="post" action={choice.url} data-submit-once>
        <HiddenFields fields={choice.fields} />
        {choice.intro && <p>{choice.intro}</p>}
        {choice.options.length > optionsWithoutFilter && (
          <FilterField t={t} list="options" label={t('choice.filter')} total={choice.options.length} />
        )}
        <ul class="choices" id="options">
          {choice.options.map(({ value, label, detail }) => (
            <li key={value}>
              <button class="choice" type="submit" name={choice.field} value={value}>
                <span class="choice-label">{label}</span>
                {detail && <span class="choice-detail">{detail}</span>}
              </button>
            </li>
          ))}
        </ul>
        {choice.cancelValue !== undefined && (
          <Button kind="secondary" name={choice.field} value={choice.cancelValue}>
            {t('choice.cancel')}
          </Button>
        )}
      </form>
    ),
  }
}
