import { page } from '../self-posting-page.js'
import { escapeText } from './saml-writer.js'
import { mockFaults, type MockPerson } from './write-response.js'

const faultLabels = {
  'wrong-level': 'Log in too weakly',
  'missing-attribute': 'Log in, and keep most of it to yourself',
  expired: 'Log in an hour ago',
} as const

/** One button for each person, one to call it off, and one for each way in which a login can go wrong. */
export function mockLoginPage(title: string, people: readonly MockPerson[], handle: string): string {
  const form = (fields: Readonly<Record<string, string>>, label: string, note = ''): string =>
    `<form method="post" action="/login">${[...Object.entries({ login: handle, ...fields })]
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeText(value)}">`)
      .join('')}<button type="submit">${escapeText(label)}</button> ${escapeText(note)}</form>`
  const [first] = people
  return page(
    title,
    [
      '<p>Everybody here is invented. Who are you?</p>',
      ...people.map(({ id, label, note }) => form({ person: id }, label, note)),
      form({ person: 'cancel' }, 'Cancel'),
      ...(first === undefined
        ? []
        : [
            '<h2>Faults</h2>',
            ...mockFaults.map((fault) => form({ person: first.id, fault }, faultLabels[fault], first.label)),
          ]),
    ].join('\n'),
  )
}
