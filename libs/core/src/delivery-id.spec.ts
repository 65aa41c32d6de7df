import { deliveryId } from './delivery-id.js'

const document = new TextEncoder().encode('<elmo/>')

describe('deliveryId', () => {
  it('is the same for the same document, person and entry', () => {
    expect(deliveryId('p1', 'smp', document)).toBe(deliveryId('p1', 'smp', Uint8Array.from(document)))
    expect(deliveryId('p1', 'smp', document)).toMatch(/^[\w-]{43}$/)
  })

  it('differs with each of the three', () => {
    const ids = [
      deliveryId('p1', 'smp', document),
      deliveryId('p2', 'smp', document),
      deliveryId('p1', 'smp2', document),
      deliveryId('p1', 'smp', new TextEncoder().encode('<elmo />')),
      deliveryId('pp1', 'sm', document),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})
