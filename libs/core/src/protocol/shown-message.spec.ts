import { shownMessage } from './shown-message.js'

describe('shownMessage', () => {
  it('leaves a message of 500 characters as it is, and cuts a longer one to that', () => {
    expect(shownMessage('é'.repeat(500))).toBe('é'.repeat(500))
    expect(shownMessage('é'.repeat(501))).toBe(`${'é'.repeat(499)}…`)
  })

  it('cuts no character in half', () => {
    expect(shownMessage(`${'a'.repeat(498)}😀${'a'.repeat(100)}`)).toBe(`${'a'.repeat(498)}…`)
  })
})
