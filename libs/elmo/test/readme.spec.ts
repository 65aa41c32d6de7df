import { makeThrowawaySigner, runReadmeExample } from '@emrex-gateway/testing'
import * as elmoLibrary from '../src/index.js'

const readme = new URL('../README.md', import.meta.url)
const elmo: elmoLibrary.Elmo = {
  generatedDate: '2026-02-11T10:00:00Z',
  learner: { givenNames: 'Ane', familyName: 'Vik' },
  reports: [
    {
      issuer: {
        identifier: [{ type: 'schac', value: 'hav.example' }],
        title: [{ value: 'Havet University' }],
        url: 'https://hav.example/',
      },
      issueDate: '2026-02-11T10:00:00Z',
    },
  ],
}

describe('the README of elmo', () => {
  it('has an example that runs', async () => {
    const signer = await makeThrowawaySigner()
    const { family } = await runReadmeExample(
      readme,
      { '@emrex-gateway/elmo': elmoLibrary },
      { elmo, privateKey: signer.privateKey, certificate: signer.certificate },
    )
    expect(family).toBe('Vik')
  })
})
