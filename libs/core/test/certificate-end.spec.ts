import { createPublicKey } from 'node:crypto'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { certificateEnd } from '../src/certificate-end.js'

const notAfter = new Date('2027-03-01T12:00:00Z')
const { certificate } = await makeThrowawaySigner({ notBefore: new Date('2026-01-01T00:00:00Z'), notAfter })
const daysBefore = (days: number) => new Date(notAfter.getTime() - days * 86_400_000)

describe('certificateEnd', () => {
  it.each([
    [60, 60, 60],
    [31, 31, 60],
    [30, 30, 30],
    [7.5, 7, 30],
    [7, 7, 7],
    [0.5, 0, 7],
    [0, 0, 0],
    [-3, -3, 0],
  ])('%f days before the end says %i days left, announcement %i', (days, daysLeft, announcement) => {
    const endsAt = notAfter.toISOString()
    expect(certificateEnd(certificate, daysBefore(days))).toEqual({ endsAt, daysLeft, announcement })
  })

  it('says nothing while the end is far, and of a bare public key', () => {
    expect(certificateEnd(certificate, daysBefore(60.1))).toBeUndefined()
    const key = String(createPublicKey(certificate).export({ type: 'spki', format: 'pem' }))
    expect(certificateEnd(key, notAfter)).toBeUndefined()
  })
})
