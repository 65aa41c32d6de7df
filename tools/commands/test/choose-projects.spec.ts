import { describe, expect, it } from '@jest/globals'
import { chooseProjects } from '../choose-projects.mjs'

const elmo = { name: '@emrex-gateway/elmo', folder: 'libs/elmo' }
const gateway = { name: '@emrex-gateway/gateway', folder: 'apps/emrex-gateway' }

describe('chooseProjects', () => {
  it('takes all projects when no word is given', () => {
    expect(chooseProjects([elmo, gateway], []).chosen).toEqual([elmo, gateway])
  })

  it.each(['libs/elmo', 'libs/elmo/', 'elmo', '@emrex-gateway/elmo'])('takes "%s" for one project', (word) => {
    expect(chooseProjects([elmo, gateway], [word])).toEqual({ chosen: [elmo], unknown: [] })
  })

  it('takes a project that is named twice once', () => {
    expect(chooseProjects([elmo, gateway], ['elmo', 'libs/elmo']).chosen).toEqual([elmo])
  })

  it('hands back a word that means no project, rather than test nothing', () => {
    expect(chooseProjects([elmo, gateway], ['elm', 'elmo'])).toEqual({ chosen: [elmo], unknown: ['elm'] })
  })
})
