import { buildLearner } from './build-learner.js'
import { ViewRow } from './view-row.js'

const citizenshipOf = (citizenship: string | null): string | undefined =>
  buildLearner(new ViewRow('person', { given_names: 'Sol', family_name: 'Byråd', citizenship }, 'records')).citizenship

describe('buildLearner', () => {
  it('leaves out a citizenship that ELMO cannot say, for it would refuse the whole document', () => {
    expect(['NO', 'no', 'GR'].map(citizenshipOf)).toEqual(['NO', 'NO', 'GR'])
    for (const code of ['HK', 'TW', 'XK', 'SS', 'XX', 'EL', 'Norway', null]) expect(citizenshipOf(code)).toBeUndefined()
  })
})
