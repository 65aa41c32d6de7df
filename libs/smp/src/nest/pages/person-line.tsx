/** A person in one line. The name stands apart: Arabic letters turn the digits of a date behind them round. */
export function PersonLine(props: {
  givenNames: string
  familyName: string
  /** Empty ones are left out. */
  facts: readonly string[]
}) {
  const { givenNames, familyName, facts } = props
  return (
    <>
      <bdi>{`${givenNames} ${familyName}`}</bdi>
      {facts.filter(Boolean).map((fact) => `, ${fact}`)}
    </>
  )
}
