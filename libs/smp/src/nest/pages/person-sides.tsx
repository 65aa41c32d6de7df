import { personFactsOfIdentity, shownDay, type Identity } from '@emrex-gateway/core'
import { birthDateOf, type Learner } from '@emrex-gateway/elmo'
import { identifierName, type Translate } from '@emrex-gateway/web'
import { PersonLine } from './person-line.js'

/** A person as the SIS or a document has them: what they are compared by, and what of it is missing. */
export function LearnerSide({ t, learner }: { t: Translate; learner: Learner }) {
  const numbers = (learner.identifier ?? []).map(({ type, value }) => `${identifierName(type, t)} ${value}`)
  return <PersonLine t={t} {...learner} facts={[birthDateText(birthDateOf(learner), t), ...numbers]} />
}

/** The same as a login has them. Pseudonyms and account names say nothing to a reader, and are not compared. */
export function LoginSide({ t, identity }: { t: Translate; identity: Identity }) {
  const { names, birthDate, identifiers } = personFactsOfIdentity(identity)
  const facts = [
    birthDateText(birthDate, t),
    ...identifiers.map(({ scheme, value }) => `${schemeName(scheme, t)} ${value}`),
  ]
  return (
    <>
      {names.length === 0 && t('staff.no-name')}
      {names.map(({ given, family, kind }, index) => {
        const name = `${given} ${family}`
        return (
          <>
            {index > 0 && ', '}
            <bdi>{kind === 'birth' ? t('staff.name-at-birth', { name }) : name}</bdi>
          </>
        )
      })}
      {facts.map((fact) => `, ${fact}`)}
    </>
  )
}

const birthDateText = (date: string | undefined, t: Translate): string =>
  date === undefined ? t('staff.no-birth-date') : shownDay(date)

function schemeName(scheme: string, t: Translate): string {
  const [kind, place = ''] = scheme.split(':')
  switch (kind) {
    case 'national':
      return t('staff.national-id-of', { country: place })
    case 'student':
      return t('staff.student-number-of', { institution: place })
    case 'learner-id':
      return t('staff.learner-id')
    case 'eidas':
      return t('staff.eidas-id')
    default:
      return identifierName(scheme, t)
  }
}
