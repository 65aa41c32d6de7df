/** Settings with two invented people: one with everything, one with as little as possible. */
export const invented = {
  label: 'Town login',
  country: 'NO',
  people: [
    {
      id: 'ada',
      given: 'Ada Marie',
      family: 'Nordmann-Prøve',
      birthDate: '1989-06-05',
      birthName: 'Tomsen',
      identifiers: [
        { scheme: 'national:NO', value: '05068907693' },
        { scheme: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:fjell.example:1' },
      ],
      note: 'Has zero credits',
    },
    { id: 'sol', given: 'Sol', family: 'Byråd', roles: ['staff'] },
  ],
}
