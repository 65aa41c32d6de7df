import { identityFrom, outcomeOf, rule } from '../../test/read-claims.js'

const names = [rule('family-name', 'family', { required: true }), rule('given-name', 'given', { required: true })]

describe('namesOfClaims', () => {
  it('puts names in Latin and native letters side by side', () => {
    const { names: found } = identityFrom(names, {
      family: [{ text: 'Παπαδοπούλου', isNative: true }, 'Papadopoulou'],
      given: ['Eleni', { text: 'Ελένη', isNative: true }],
    })
    expect(found).toEqual([
      { family: 'Papadopoulou', given: 'Eleni', kind: 'current' },
      { family: 'Παπαδοπούλου', given: 'Ελένη', kind: 'current', script: 'native' },
    ])
  })

  it('refuses two family names in the same letters', () => {
    const family = [
      { text: 'Παπαδοπούλου', isNative: true },
      { text: 'Ιωάννου', isNative: true },
    ]
    expect(outcomeOf(names, { family, given: 'Eleni' })).toHaveProperty('malformed')
  })

  it('keeps a person with one name, whatever their register writes for the other', () => {
    expect(identityFrom(names, { family: 'Sukarno', given: '-' }).names).toEqual([
      { family: 'Sukarno', given: '-', kind: 'current' },
    ])
    expect(identityFrom([names[0]!, rule('given-name', 'given')], { family: 'Sukarno' }).names).toEqual([
      { family: 'Sukarno', given: '', kind: 'current' },
    ])
  })

  it('never splits a full name, and does not look at it when there are parts', () => {
    const whole = rule('full-name', 'name')
    expect(identityFrom([whole], { name: 'Anna Maria de la Cruz' }).names).toEqual([
      { family: 'Anna Maria de la Cruz', given: '', kind: 'current' },
    ])
    expect(identityFrom([...names, whole], { name: 'Ada N.', family: 'Nordmann', given: 'Ada' }).names).toEqual([
      { family: 'Nordmann', given: 'Ada', kind: 'current' },
    ])
  })

  it('puts a name at birth beside the current one, with the given names that stayed', () => {
    const birth = rule('birth-family-name', 'birth')
    expect(identityFrom([...names, birth], { family: 'Nordmann', given: 'Ada', birth: 'Tomsen' }).names).toEqual([
      { family: 'Nordmann', given: 'Ada', kind: 'current' },
      { family: 'Tomsen', given: 'Ada', kind: 'birth' },
    ])
    expect(identityFrom([...names, birth], { family: 'Tomsen', given: 'Ada', birth: 'Tomsen' }).names).toHaveLength(1)
  })

  it('takes the family name out of a whole name at birth only where the given names stand before it', () => {
    const birth = rule('birth-full-name', 'BirthName')
    const current = { family: 'Booth', given: 'Sarah Jane' }
    expect(identityFrom([...names, birth], { ...current, BirthName: 'Sarah Jane Tomsen' }).names[1]).toEqual({
      ...{ family: 'Tomsen', given: 'Sarah Jane', kind: 'birth' },
    })
    expect(identityFrom([...names, birth], { ...current, BirthName: 'Tomsen Sarah' }).names[1]).toEqual({
      ...{ family: 'Tomsen Sarah', given: '', kind: 'birth' },
    })
  })
})
