import type { Translate } from '@emrex-gateway/web'

/** A person in one line. Names stand apart: Arabic letters turn the digits of a date behind them round. */
export function PersonLine(props: {
  t: Translate
  givenNames: string
  familyName: string
  birthName?: string
  /** Empty ones are left out. */
  facts: readonly string[]
}) {
  const { t, givenNames, familyName, birthName, facts } = props
  return (
    <>
      <bdi>{`${givenNames} ${familyName}`}</bdi>
      {birthName !== undefined && (
        <>
          , <bdi>{t('staff.name-at-birth', { name: birthName })}</bdi>
        </>
      )}
      {facts.filter(Boolean).map((fact) => `, ${fact}`)}
    </>
  )
}
