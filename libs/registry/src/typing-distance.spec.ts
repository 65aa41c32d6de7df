import { typingDistance } from './typing-distance.js'

describe('typingDistance', () => {
  it.each([
    ['oslo', 'oslo', 0],
    ['oslo', '', 4],
    ['', 'oslo', 4],
    ['uppsla', 'uppsala', 1],
    ['upspala', 'uppsala', 1],
    ['kitten', 'sitting', 3],
    ['waraw', 'warsaw', 1],
  ])('between "%s" and "%s" is %i, both ways', (one, other, distance) => {
    expect(typingDistance(one, other).whole).toBe(distance)
    expect(typingDistance(other, one).whole).toBe(distance)
  })

  it.each([
    ['upps', 'uppsala', 0],
    ['upsa', 'uppsala', 1],
    ['univeris', 'university', 1],
    ['oslo', 'os', 2],
  ])('between "%s" and the beginning of "%s" is %i', (typed, word, distance) => {
    expect(typingDistance(typed, word).beginning).toBe(distance)
  })
})
