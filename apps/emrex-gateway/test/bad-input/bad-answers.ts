import { gzipSync } from 'node:zlib'
import type { ReasonCode } from '@emrex-gateway/core'
import type { AnswerChange, Asked, TownUnderTest } from '../town-under-test.js'

/** An answer to a transfer that must end it without an import, and the reason that it must end with. */
export interface BadAnswer {
  readonly name: string
  readonly code: ReasonCode
  readonly change: (under: TownUnderTest, asked: Asked) => AnswerChange
}

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64')
const gzipped = (xml: Uint8Array | string): string => base64(gzipSync(xml))
/** A good document about the student who asked, signed by the NCP that was asked. */
const signed = (under: TownUnderTest, { story }: Asked): string =>
  Buffer.from(under.sign(under.elmoFor(story.student), story.ncp)).toString()
/** The same, with something put behind the start tag of its root after it was signed. */
const withInside = (under: TownUnderTest, asked: Asked, text: string): string =>
  signed(under, asked).replace(/<elmo\b[^>]*>/, (root) => root + text)

const elmo = (
  name: string,
  code: ReasonCode,
  make: (under: TownUnderTest, asked: Asked) => string | Uint8Array,
): BadAnswer => ({ name, code, change: (under, asked) => ({ elmo: gzipped(make(under, asked)) }) })

const packing = (name: string, code: ReasonCode, make: (good: Buffer, xml: string) => string): BadAnswer => ({
  name,
  code,
  change: (under, asked) => {
    const xml = signed(under, asked)
    return { elmo: make(gzipSync(xml), xml) }
  },
})

const says = (name: string, code: ReasonCode, change: AnswerChange): BadAnswer => ({ name, code, change: () => change })

const manyComments = '<!---->'.repeat(40_000)

/** Answers of every bad kind; the document, where there is one, is about the student who asked unless it says otherwise. */
export const badAnswers: readonly BadAnswer[] = [
  says('OK without a document', 'ANSWER_MALFORMED', { elmo: '' }),
  says('neither code nor document', 'ANSWER_MALFORMED', { returnCode: undefined, elmo: undefined }),
  says('an error with markup and script in its words', 'NCP_ERROR', {
    returnCode: 'NCP_ERROR',
    returnMessage: `<script>alert(1)</script><a href="javascript:alert(2)">here</a>${'x'.repeat(100_000)}`,
  }),
  says('a code that is not known', 'NCP_ERROR', { returnCode: 'NCP_<b>MAYBE</b>\u0000', elmo: undefined }),
  says('a code of 100 kB', 'NCP_ERROR', { returnCode: 'N'.repeat(100_000) }),
  says('no results', 'NO_RESULTS', { returnCode: 'NCP_NO_RESULTS' }),
  says('cancelled', 'USER_CANCEL', { returnCode: 'EMP_CANCEL' }),
  {
    name: 'an error with a good document, which was not released',
    code: 'NCP_ERROR',
    change: (under, asked) => ({ returnCode: 'NCP_ERROR', elmo: gzipped(signed(under, asked)) }),
  },

  says('words that are no base64', 'DOC_MALFORMED', { elmo: 'no document at all!' }),
  says('base64 of something else', 'DOC_MALFORMED', { elmo: base64('hello, world') }),
  says('a megabyte of blanks between two pieces of base64', 'DOC_MALFORMED', {
    elmo: `QUFB${' '.repeat(1_000_000)}QUFB`,
  }),
  packing('gzip with a flipped byte', 'DOC_MALFORMED', (good) => {
    good[Math.floor(good.length / 2)]! ^= 0xff
    return base64(good)
  }),
  packing('gzip that is cut off', 'DOC_MALFORMED', (good) => base64(good.subarray(0, -40))),
  packing('gzip without its checksum', 'DOC_MALFORMED', (good) => base64(good.subarray(0, -8))),
  packing('gzip inside gzip', 'DOC_MALFORMED', (good) => base64(gzipSync(good))),
  packing('a document in two gzip members', 'DOC_MALFORMED', (_good, xml) =>
    base64(Buffer.concat([gzipSync(xml.slice(0, 500)), gzipSync(xml.slice(500))])),
  ),
  packing('a gzip bomb of 1000:1', 'DOC_TOO_LARGE', () => base64(gzipSync(Buffer.alloc(60 * 1024 * 1024, ' ')))),
  packing('a gzip bomb of 1000:1 in a good document', 'DOC_TOO_LARGE', (_good, xml) =>
    base64(gzipSync(xml.replace('</elmo>', `${' '.repeat(40 * 1024 * 1024)}</elmo>`))),
  ),

  elmo('40,000 comments and no signature', 'SIGNATURE_MISSING', () => `<elmo>${manyComments}</elmo>`),
  elmo('40,000 comments in a signed document that was changed', 'SIGNATURE_BAD', (under, asked) =>
    withInside(under, asked, manyComments).replace('Invented Course', 'Invented Degree'),
  ),
  elmo('500,000 comments', 'DOC_TOO_LARGE', (under, asked) => withInside(under, asked, '<!---->'.repeat(500_000))),
  elmo('nested 20,000 deep', 'DOC_TOO_LARGE', (under, asked) =>
    withInside(under, asked, `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`),
  ),
  elmo('nested 20,000 deep and never closed', 'DOC_TOO_LARGE', () => '<elmo>'.repeat(20_000)),
  elmo('129 attributes on one element', 'DOC_TOO_LARGE', (under, asked) =>
    withInside(under, asked, `<a ${Array.from({ length: 129 }, (_, index) => `a${index}="1"`).join(' ')}/>`),
  ),
  elmo('800 namespaces on one element', 'DOC_TOO_LARGE', (under, asked) =>
    withInside(
      under,
      asked,
      `<a ${Array.from({ length: 800 }, (_, index) => `xmlns:n${index}="u:${index}"`).join(' ')}/>`,
    ),
  ),
  elmo(
    'a DOCTYPE with entities inside entities',
    'DOC_MALFORMED',
    (under, asked) =>
      `<!DOCTYPE elmo [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${signed(under, asked).replace(/^<\?xml[^>]*\?>/, '')}`,
  ),
  elmo(
    'an entity that fetches a file',
    'DOC_MALFORMED',
    () => '<!DOCTYPE elmo [<!ENTITY x SYSTEM "file:///etc/passwd">]><elmo>&x;</elmo>',
  ),
  elmo('a processing instruction', 'DOC_MALFORMED', (under, asked) => withInside(under, asked, '<?php echo 1 ?>')),
  elmo('bytes that are not UTF-8', 'DOC_MALFORMED', (under, asked) =>
    Buffer.from(signed(under, asked).replace('Invented Course', 'Invented Cours\u00e9'), 'latin1'),
  ),
  elmo('UTF-16', 'DOC_MALFORMED', (under, asked) => Buffer.from(`\ufeff${signed(under, asked)}`, 'utf16le')),
  elmo('half a document', 'DOC_MALFORMED', (under, asked) => signed(under, asked).slice(0, 400)),
  elmo('HTML', 'DOC_MALFORMED', () => '<!DOCTYPE html><html><body>Bad gateway</body></html>'),
  elmo('nothing', 'DOC_MALFORMED', () => ''),
  elmo('another language of XML, signed', 'DOC_SCHEMA', (under, { story }) =>
    under.sign('<note>Hello</note>', story.ncp),
  ),

  elmo('no signature', 'SIGNATURE_MISSING', (under, asked) =>
    signed(under, asked).replace(/<(ds:)?Signature\b[\s\S]*<\/(ds:)?Signature>/, ''),
  ),
  elmo('a grade that was changed after signing', 'SIGNATURE_BAD', (under, asked) =>
    signed(under, asked).replace('<resultLabel>A<', '<resultLabel>B<'),
  ),
  elmo('the signature of another NCP', 'CERT_UNKNOWN', (under, { story }) =>
    under.sign(under.elmoFor(story.student), story.ncp === 'sweden' ? 'poland' : 'sweden'),
  ),
  elmo('another person', 'ID_MISMATCH', (under, { story }) => under.sign(under.elmoFor('oskar'), story.ncp)),
  elmo('no results at all', 'NO_RESULTS', (under, { story }) => {
    const good = under.elmoFor(story.student)
    const reports = good.reports.map(({ learningOpportunitySpecification: _none, ...report }) => report)
    return under.sign({ ...good, reports }, story.ncp)
  }),
]
