import { identityFrom, asserted, outcomeOf, rule } from '../../test/read-claims.js'
import type { ClaimRule } from './claim-rules.js'
import { assuranceOf } from './identity-of-claims.js'

const names = [rule('family-name', 'family', { required: true }), rule('given-name', 'given', { required: true })]
const eidasId = rule('identifier', 'PersonIdentifier', { form: 'eidas-person-identifier', required: true })

describe('identityOfClaims', () => {
  it('carries the facts of the login, and leaves out what is not known', () => {
    expect(
      identityFrom(names, { family: 'Nordmann', given: 'Ada' }, { authority: 'https://eid.example', country: 'NO' }),
    ).toEqual({
      provider: 'home',
      issuer: 'https://idp.example',
      subject: 'subject-1',
      authority: 'https://eid.example',
      country: 'NO',
      loa: 'substantial',
      authenticatedAt: '2026-11-26T10:00:00.000Z',
      names: [{ family: 'Nordmann', given: 'Ada', kind: 'current' }],
      identifiers: [],
      roles: [],
    })
  })

  describe('which claim counts', () => {
    const date = rule('birth-date', ['eidas_date_of_birth', 'eidas-date-of-birth', 'eidas_dateofbirth'])

    it('takes the first of the alternative names that is there, and skips a blank one', () => {
      const claims = { eidas_date_of_birth: ' ', 'eidas-date-of-birth': '1989-06-05', eidas_dateofbirth: '1990-01-01' }
      expect(identityFrom([date], claims).birthDate?.value).toBe('1989-06-05')
    })

    it('names a required claim that is not there, by the first name of its rule', () => {
      const rules = [...names, { ...date, required: true }]
      expect(outcomeOf(rules, { given: 'Ada', family: '' })).toEqual({ missing: ['family', 'eidas_date_of_birth'] })
    })

    it('refuses two values where a person has one, also when they are the same', () => {
      for (const second of ['1989-06-05', '1990-01-01'])
        expect(outcomeOf([date], { eidas_date_of_birth: ['1989-06-05', second] })).toEqual({
          malformed: 'eidas_date_of_birth has 2 values where one is due',
        })
      expect(outcomeOf(names, { family: ['Nordmann', 'Smith'], given: 'Ada' })).toHaveProperty('malformed')
      expect(outcomeOf([rule('identifier', 'pid', { scheme: 'national:NO' })], { pid: ['1', '2'] })).toHaveProperty(
        'malformed',
      )
    })

    it('refuses control characters and texts without end, and never repeats a value', () => {
      const outcomes = ['Nord\u0000mann', 'Nord\nmann', 'N'.repeat(1025)].map((family) =>
        outcomeOf(names, { family, given: 'Ada' }),
      )
      for (const outcome of outcomes) {
        expect(outcome).toHaveProperty('malformed')
        expect(JSON.stringify(outcome)).not.toContain('Nord')
      }
    })

    it('reads a rule only when the claim it depends on says so', () => {
      const mapped = rule('identifier', 'mapped', {
        scheme: 'national:SE',
        onlyWhen: { name: 'binding', values: ['https://process.example/strong'] },
      })
      const claims = { mapped: '19121212-1212' }
      expect(
        identityFrom([mapped], { ...claims, binding: 'https://process.example/strong' }).identifiers,
      ).toMatchObject([{ scheme: 'national:SE', value: '191212121212' }])
      expect(identityFrom([mapped], { ...claims, binding: 'https://process.example/weak' }).identifiers).toEqual([])
      expect(identityFrom([mapped], claims).identifiers).toEqual([])
    })
  })

  describe('birth dates', () => {
    const date = rule('birth-date', 'DateOfBirth', { form: 'date' })

    it('drops a zone and keeps what a register does not know unknown', () => {
      expect(identityFrom([date], { DateOfBirth: '1987-02-22Z' }).birthDate).toEqual({
        ...{ value: '1987-02-22', precision: 'day' },
      })
      expect(identityFrom([date], { DateOfBirth: '1987-00-00' }).birthDate).toEqual({
        value: '1987',
        precision: 'year',
      })
    })

    it('refuses what is no date, and misses one that says nothing', () => {
      expect(outcomeOf([date], { DateOfBirth: '1987-02-30' })).toEqual({ malformed: 'DateOfBirth is no date' })
      expect(outcomeOf([{ ...date, required: true }], { DateOfBirth: '0000-02-22' })).toEqual({
        missing: ['DateOfBirth'],
      })
    })
  })

  describe('identifiers of eIDAS', () => {
    it('writes the countries as ISO 3166-1 does and says for whom the identifier is', () => {
      const identity = identityFrom([eidasId], { PersonIdentifier: 'EL/HR/a/b+c=' }, { receivingCountry: 'HR' })
      expect(identity).toMatchObject({
        country: 'GR',
        identifiers: [{ scheme: 'eidas', value: 'GR/HR/a/b+c=', scope: 'HR', persistence: 'reissuable' }],
      })
    })

    it('is never a national identifier', () => {
      const { identifiers } = identityFrom([eidasId], { PersonIdentifier: 'NO/SE/05068907693' })
      expect(identifiers.map(({ scheme }) => scheme)).toEqual(['eidas'])
    })

    it('refuses one that was made for another country', () => {
      const claims = { PersonIdentifier: 'DE/FR/secret' }
      const outcome = outcomeOf([eidasId], claims, { receivingCountry: 'HR' })
      expect(outcome).toEqual({ malformed: 'PersonIdentifier was made for another country than HR' })
      expect(JSON.stringify(outcome)).not.toContain('secret')
      const ofRule = outcomeOf([{ ...eidasId, receivingCountry: 'HR' }], claims)
      expect(ofRule).toEqual(outcome)
      const british = { PersonIdentifier: 'DE/UK/x' }
      expect(outcomeOf([eidasId], british, { receivingCountry: 'GB' })).toHaveProperty('identity')
    })

    it('takes the bare number that Poland writes for its own people in the same claim', () => {
      const own = rule('identifier', 'PersonIdentifier', { form: 'national-id', scheme: 'national:PL', required: true })
      const schemes = (PersonIdentifier: string) =>
        identityFrom([eidasId, own], { PersonIdentifier }).identifiers.map(({ scheme, value }) => `${scheme} ${value}`)
      expect(schemes('44051401359')).toEqual(['national:PL 44051401359'])
      expect(schemes('CZ/PL/44051401359')).toEqual(['eidas CZ/PL/44051401359'])
      expect(outcomeOf([eidasId, own], { PersonIdentifier: 'neither' })).toEqual({ missing: ['PersonIdentifier'] })
    })
  })

  describe('identifiers of universities', () => {
    const uniqueId = rule('identifier', 'schacPersonalUniqueID', { form: 'schac-personal-unique-id' })
    const code = rule('identifier', 'schacPersonalUniqueCode', { form: 'schac-personal-unique-code' })

    it.each([
      ['urn:schac:personalUniqueID:fi:FIC:131052-308T', 'national:FI', '131052-308T'],
      ['urn:mace:terena.org:schac:personalUniqueID:fi:FIC:010516B903X', 'national:FI', '010516B903X'],
      ['URN:SCHAC:PERSONALUNIQUEID:DK:cpr:070761-4285', 'national:DK', '0707614285'],
      ['urn:schac:personalUniqueID:xx:NIN:a:b', 'national:XX', 'A:B'],
    ])('reads %s', (value, scheme, normalised) => {
      expect(identityFrom([uniqueId], { schacPersonalUniqueID: value }).identifiers).toMatchObject([
        { scheme, value: normalised, persistence: 'lifelong' },
      ])
    })

    it('passes over passports, other countries than that of the rule, and what is no such URN', () => {
      const values = [
        'urn:schac:personalUniqueID:int:passport:X1',
        'urn:schac:personalUniqueID:de:BPK:1',
        '131052-308T',
      ]
      expect(identityFrom([uniqueId], { schacPersonalUniqueID: values }).identifiers).toEqual([])
      const danish = { ...uniqueId, scheme: 'national:DK' as const }
      const finnish = { schacPersonalUniqueID: 'urn:schac:personalUniqueID:fi:FIC:131052-308T' }
      expect(identityFrom([danish], finnish).identifiers).toEqual([])
    })

    it('reads every European Student Identifier, in one way of writing', () => {
      const values = [
        'urn:schac:personalUniqueCode:int:esi:Uni.Example:a%2Fb',
        'URN:SCHAC:personalUniqueCode:INT:ESI:HR:4711',
        'urn:schac:personalUniqueCode:int:esi:uni.example:a/b',
        'urn:schac:personalUniqueCode:int:studentID:4711',
      ]
      expect(identityFrom([code], { schacPersonalUniqueCode: values }).identifiers).toEqual([
        { scheme: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:uni.example:a/b', persistence: 'lifelong' },
        { scheme: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:hr:4711', persistence: 'lifelong' },
      ])
    })

    it('does not take an identifier whose encoding hides a control character', () => {
      const values = ['urn:schac:personalUniqueCode:int:esi:uni.example:a%00b']
      expect(identityFrom([code], { schacPersonalUniqueCode: values }).identifiers).toEqual([])
    })

    it('reads the student numbers of the university that the rule names, and of no other', () => {
      const values = ['other', 'Uni'].map(
        (uni) => `urn:schac:personalUniqueCode:nl:local:${uni}.example:studentid:0123`,
      )
      const own = { ...code, scheme: 'student:uni.example' as const }
      expect(identityFrom([code, own], { schacPersonalUniqueCode: values }).identifiers).toMatchObject([
        { scheme: 'student:uni.example', value: '0123' },
      ])
    })

    it('takes nothing of a domain that the identity provider may not speak for, and says of which claim', () => {
      const rules = [
        code,
        { ...code, scheme: 'student:other.example' as const },
        { ...code, scheme: 'student:uni.example' as const },
        rule('identifier', 'eppn', { scheme: 'eppn' }),
        rule('home-organisation', 'org'),
        rule('role', 'affiliation'),
      ]
      const claims = (domain: string) => ({
        schacPersonalUniqueCode: [
          `urn:schac:personalUniqueCode:int:esi:${domain}:1`,
          `urn:schac:personalUniqueCode:nl:local:${domain}:studentid:2`,
        ],
        eppn: `ada@${domain}`,
        org: domain,
        affiliation: [`staff@${domain}`, 'member'],
      })
      const limits = { trustedScopes: ['uni.example'] }
      const other = outcomeOf(rules, claims('other.example'), limits)
      expect(other).toMatchObject({
        identity: { identifiers: [], roles: ['member'] },
        outOfScope: ['schacPersonalUniqueCode', 'eppn', 'org', 'affiliation'],
      })
      expect(other).not.toHaveProperty('identity.homeOrganisation')
      const own = outcomeOf(rules, claims('UNI.example'), limits)
      expect(own).toMatchObject({ outOfScope: [], identity: { homeOrganisation: 'uni.example' } })
      expect(own).toHaveProperty('identity.identifiers.length', 3)
      // A part of a domain is not the domain.
      expect(outcomeOf(rules, claims('evil-uni.example'), limits)).toHaveProperty('identity.identifiers', [])
    })

    it('believes an issuer of student identifiers that the rule names', () => {
      const values = { schacPersonalUniqueCode: 'urn:schac:personalUniqueCode:int:esi:registry.example:1' }
      const limits = { trustedScopes: ['uni.example'] }
      expect(identityFrom([code], values, limits).identifiers).toEqual([])
      expect(identityFrom([{ ...code, issuers: ['registry.example'] }], values, limits).identifiers).toHaveLength(1)
    })
  })

  describe('national identifiers', () => {
    it('are normalised, and kept when a check digit is wrong', () => {
      const pid = rule('identifier', 'pid', { scheme: 'national:NO', identifierSource: 'population-register' })
      expect(identityFrom([pid], { pid: '050689 07693' }).identifiers).toEqual([
        { scheme: 'national:NO', value: '05068907693', persistence: 'lifelong', source: 'population-register' },
      ])
      expect(outcomeOf([pid], { pid: '05068907693' })).toHaveProperty('doubtful', [])
      const outcome = outcomeOf([pid], { pid: '05068907694' })
      expect(outcome).toMatchObject({ identity: { identifiers: [{ value: '05068907694' }] } })
      expect(outcome).toHaveProperty('doubtful', ['national:NO check-digit'])
    })

    it('stand behind a prefix; another prefix is another kind of number', () => {
      const code = rule('identifier', 'fiscalNumber', { form: 'prefixed', prefix: 'TINIT-', scheme: 'national:IT' })
      expect(identityFrom([code], { fiscalNumber: 'TINIT-RSSMRA85T10A562S' }).identifiers).toMatchObject([
        { scheme: 'national:IT', value: 'RSSMRA85T10A562S' },
      ])
      expect(identityFrom([code], { fiscalNumber: 'VATIT-RSSMRA85T10A562S' }).identifiers).toEqual([])
      const required = [{ ...code, required: true }]
      expect(outcomeOf(required, { fiscalNumber: 'VATIT-1' })).toEqual({ missing: ['fiscalNumber'] })
    })

    it('are listed once', () => {
      const twice = [
        rule('identifier', 'one', { scheme: 'national:NO' }),
        rule('identifier', 'two', { scheme: 'national:NO' }),
      ]
      expect(identityFrom(twice, { one: '05068907693', two: '050689 07693' }).identifiers).toHaveLength(1)
    })
  })

  describe('the subject', () => {
    const worth = (more: Partial<ClaimRule>) => ({ subjectRule: rule('identifier', 'NameID', more) })

    it('is an identifier too where a rule says what it is worth', () => {
      const limits = worth({ scheme: 'saml-nameid', persistence: 'pairwise' })
      expect(identityFrom(names, { family: 'Nordmann', given: 'Ada' }, limits)).toMatchObject({
        subject: 'subject-1',
        identifiers: [{ scheme: 'saml-nameid', value: 'subject-1', persistence: 'pairwise' }],
      })
    })

    it('is an identifier when it lasts one session only, or is not there', () => {
      const rules = [rule('identifier', 'pid', { scheme: 'national:NO' })]
      const passing = worth({ scheme: 'saml-nameid', persistence: 'session' })
      expect(identityFrom(rules, { pid: '05068907693' }, passing).subject).toBe('national:NO:05068907693')
      expect(identityFrom(rules, { pid: '05068907693' }, { subject: undefined }).subject).toBe(
        'national:NO:05068907693',
      )
      expect(outcomeOf([], {}, { subject: undefined })).toEqual({ missing: ['subject'] })
    })

    it('passes with the session where it says so and nothing that lasts stands in for it', () => {
      const passing = worth({ persistence: 'session' })
      const person = { family: 'Nordmann', given: 'Ada' }
      expect(identityFrom(names, person, passing)).toMatchObject({ subject: 'subject-1', isPassing: true })
      const eppn = rule('identifier', 'eppn', { scheme: 'eppn' })
      const known = identityFrom([...names, eppn], { ...person, eppn: 'ada@hav.example' }, passing)
      expect([known.subject, known.isPassing]).toEqual(['eppn:ada@hav.example', undefined])
      expect(identityFrom(names, person)).not.toHaveProperty('isPassing')
    })

    it('is read by its prefix: an old kind of number is not a person', () => {
      const bsn = worth({ form: 'prefixed', prefix: 's00000000:', scheme: 'national:NL', required: true })
      expect(identityFrom([], {}, { ...bsn, subject: 's00000000:111222333' }).identifiers).toMatchObject([
        { scheme: 'national:NL', value: '111222333' },
      ])
      expect(outcomeOf([], {}, { ...bsn, subject: 's00000001:111222333' })).toEqual({ missing: ['NameID'] })
    })
  })

  it('collects roles once, and takes a country only in two letters', () => {
    const rules = [rule('role', ['affiliation', 'unused']), rule('country', 'c')]
    const identity = identityFrom(rules, { affiliation: ['staff', 'member', 'staff'], c: 'el' })
    expect(identity).toMatchObject({ roles: ['staff', 'member'], country: 'GR' })
    expect(identityFrom(rules, { c: 'Greece' }).country).toBeUndefined()
  })
})

describe('assuranceOf', () => {
  it('gives every value of every claim that says how sure a login is', () => {
    const rules = [rule('assurance', ['eduPersonAssurance', 'assurance']), ...names]
    expect(assuranceOf(rules, asserted({ eduPersonAssurance: ['a', ' b '], assurance: 'c', family: 'd' }))).toEqual([
      ...['a', 'b', 'c'],
    ])
  })
})
