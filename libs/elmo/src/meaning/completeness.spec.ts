import { goldenElmo } from '../../test/golden.js'
import type { Elmo } from '../model.js'
import { completenessMarker, completenessNamespace } from './completeness-marker.js'
import { completenessOf } from './completeness.js'

const twoReports = (extension?: string[]): Elmo => ({ ...goldenElmo('two-reports'), ...(extension && { extension }) })
const issuers = twoReports().reports.map(({ issuer }) => issuer)
const extents = (elmo: Elmo): string[] => completenessOf(elmo).map(({ extent }) => extent)

describe('completenessOf', () => {
  it('concludes nothing from silence', () => {
    expect(completenessOf(twoReports())).toEqual([{ extent: 'unknown' }, { extent: 'unknown' }])
    expect(extents(twoReports(['<x xmlns="urn:x"/>']))).toEqual(['unknown', 'unknown'])
  })

  it('reads our marker, whatever prefix it has', () => {
    const marker = completenessMarker([
      { issuer: issuers[0]!, extent: 'complete' },
      { issuer: issuers[1]!, extent: 'selection' },
    ])
    const expected = [
      { extent: 'complete', from: 'marker' },
      { extent: 'selection', from: 'marker' },
    ]
    expect(completenessOf(twoReports(['<x xmlns="urn:x"/>', marker]))).toEqual(expected)
    const prefixed = marker.replace('xmlns=', 'xmlns:c=').replace(/<(\/?)(completeness|report)/g, '<$1c:$2')
    expect(completenessOf(twoReports([prefixed]))).toEqual(expected)
  })

  it('does not believe an entry about another institution, a report that is not there, or another word', () => {
    const entries = (attributes: string) => [
      `<completeness xmlns="${completenessNamespace}"><report ${attributes}/></completeness>`,
    ]
    expect(extents(twoReports(entries('position="1" issuer="other.example" extent="complete"')))).toEqual([
      'unknown',
      'unknown',
    ])
    expect(extents(twoReports(entries('position="3" issuer="uni.example" extent="complete"')))).toEqual([
      'unknown',
      'unknown',
    ])
    expect(extents(twoReports(entries('position="1" issuer="uni.example" extent="FULL"')))).toEqual([
      'unknown',
      'unknown',
    ])
    expect(extents(twoReports([`<completeness xmlns="${completenessNamespace}"><report`]))).toEqual([
      'unknown',
      'unknown',
    ])
  })

  it.each([
    ['FULL', { extent: 'complete', from: 'status' }],
    ['SELECTION', { extent: 'selection', from: 'status' }],
    ['PARTIAL_TEMPORARY', { extent: 'partial', from: 'status', temporary: true }],
    ['ERROR_PERMANENT', { extent: 'error', from: 'status' }],
    ['OTHER', { extent: 'unknown' }],
    ['constructor', { extent: 'unknown' }],
  ])('reads the status %s of ELMO 2.1', (code, expected) => {
    const elmo = twoReports()
    elmo.reports[0]!.status = { code }
    expect(completenessOf(elmo)[0]).toEqual(expected)
  })

  it('believes the one that promises less', () => {
    const elmo = twoReports([completenessMarker([{ issuer: issuers[0]!, extent: 'selection' }])])
    elmo.reports[0]!.status = { code: 'FULL' }
    expect(completenessOf(elmo)[0]).toEqual({ extent: 'selection', from: 'marker' })
    elmo.extension = [completenessMarker([{ issuer: issuers[0]!, extent: 'complete' }])]
    elmo.reports[0]!.status = { code: 'SELECTION' }
    expect(extents(elmo)[0]).toBe('selection')
  })
})
