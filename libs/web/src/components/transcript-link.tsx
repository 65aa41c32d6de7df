import type { Translate } from '../texts/translator.js'

/** Offers the readable transcript of the document that is shown, as a file to keep. */
export const TranscriptLink = ({ t, href, hint }: { t: Translate; href: string; hint: string }) => (
  <p>
    <a href={href} download>
      {t('transcript.link')}
    </a>
    <span class="hint">{hint}</span>
  </p>
)
