import type { ClaimRule } from './claim-rules.js'
import { deliveredSchemes } from './delivered-schemes.js'

const rule = (more: Partial<ClaimRule>): ClaimRule => ({
  ...{ names: ['claim'], gives: 'identifier', known: { source: 'this test' } },
  ...more,
})

describe('deliveredSchemes', () => {
  it('says of every identifier what it is, once, and nothing of other claims', () => {
    expect(
      deliveredSchemes([
        rule({ form: 'eidas-person-identifier' }),
        rule({ form: 'schac-personal-unique-code' }),
        rule({ form: 'schac-personal-unique-code', scheme: 'student:uni.example' }),
        rule({ form: 'schac-personal-unique-id', scheme: 'national:FI' }),
        rule({ scheme: 'national:FI' }),
        rule({ gives: 'birth-date' }),
      ]),
    ).toEqual(['eidas', 'esi', 'student:uni.example', 'national:FI'])
  })
})
