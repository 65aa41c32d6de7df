import { readFileSync } from 'node:fs'
import type { ReceivedMail } from '@emrex-gateway/testing'
import { otherUniversities } from './other-systems/other-universities.js'
import { stories } from './stories.js'
import { students } from './people.js'
import { ncpTitle } from './town-settings.js'
import { universities, universityOf } from './universities.js'

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const nameOf = (id: string): string => {
  const person = students.find((student) => student.id === id)
  return person === undefined ? id : `${person.given} ${person.family}`
}

/** The look of the gateway's pages. They lend it to no other origin, so the town's page brings a copy. */
function style(): string {
  const asset = (name: string) => readFileSync(new URL(`../../../libs/web/assets/${name}`, import.meta.url), 'utf8')
  return asset('site.css').replace(
    "url('icon.svg')",
    `url('data:image/svg+xml,${encodeURIComponent(asset('icon.svg'))}')`,
  )
}

const frame = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>${style()}</style></head>
<body class="wide"><header class="site-header"><div class="column"><span>The EMREX town</span></div></header>
<main class="column">
<h1>${title}</h1>
${body}
</main></body></html>
`

/** What the mail server of the town was given, newest first. */
export const mailboxPage = (mails: readonly ReceivedMail[]): string =>
  frame(
    'The mailbox of the town',
    `<p>Every mail to anybody in the town ends here. Reload the page when you wait for one. <a href="/">Back</a></p>
${mails.length === 0 ? '<p>There is no mail yet.</p>' : ''}
${[...mails]
  .reverse()
  .map(({ to, text }) => `<section><h2>To ${escape(to.join(', '))}</h2><p>${escape(text)}</p></section>`)
  .join('\n')}`,
  )

/** The universities on systems of other kinds; all of them know the same students. */
const otherSystemsPart = (homeOrigin: string): string => `<h2>Universities on other systems</h2>
<p>They all know the same thirteen students, so that anybody can go from any of them to any other. Where the system takes no
results, its staff enter them by hand.</p>
<ul class="choices">
${otherUniversities
  .filter(({ takes }) => takes)
  .map(
    ({ id, title, system }) =>
      `<li><a class="choice" href="${homeOrigin}/smp/${id}"><span class="choice-label">${escape(title)} (${system})</span></a></li>`,
  )
  .join('\n')}
</ul>`

/** The town's own page: whom one can be, where to begin, and what is there to see. Everybody on it is invented. */
export const townPage = (homeOrigin: string, otherSystems = false): string =>
  frame(
    'The EMREX town',
    `<p>Everybody here is invented. You are a student who wants results from abroad in the record at home. Begin at home:</p>
<ul class="choices">
${universities.map(({ id, titleEnglish }) => `<li><a class="choice" href="${homeOrigin}/smp/${id}"><span class="choice-label">${escape(titleEnglish)}</span></a></li>`).join('\n')}
</ul>
<h2>Stories to try</h2>
<table class="results"><caption>Who, from where, and how it ends</caption>
<thead><tr><th scope="col">Story</th><th scope="col">Student</th><th scope="col">Begin at</th><th scope="col">Go to</th><th scope="col">Ends as</th></tr></thead>
<tbody>
${stories
  .map(
    (story) => `<tr><th scope="row">${escape(story.shows)}</th>
<td data-label="Student">${escape(nameOf(story.student))}${story.logsInAbroadAs === undefined ? '' : `, abroad as ${escape(nameOf(story.logsInAbroadAs))}`}</td>
<td data-label="Begin at"><a href="${homeOrigin}/smp/${story.home}">${escape(universityOf(story.home).titleEnglish)}</a></td>
<td data-label="Go to">${escape(ncpTitle(story.ncp))}</td>
<td data-label="Ends as"><code>${story.expected.smp}</code></td></tr>`,
  )
  .join('\n')}
</tbody></table>
${otherSystems ? otherSystemsPart(homeOrigin) : ''}
<p>Codes that are sent by e-mail arrive in <a href="/mailbox">the mailbox of the town</a>.</p>`,
  )
