import { jest } from '@jest/globals'
import { lintElmo, readElmo, verifyElmo, type Elmo, type SigningKey } from '@emrex-gateway/elmo'
import { describeWith, makeThrowawaySigner, ReadPdf } from '@emrex-gateway/testing'
import type { MakeTranscript } from '@emrex-gateway/core'
import { attachedTranscript } from './attached-transcript.js'
import { makeDocument } from './make-document.js'

// As the product does: who embeds an NCP without transcripts need not have it.
const { transcriptMaker } = await import('@emrex-gateway/transcript')

jest.setTimeout(60_000)
const at = new Date('2026-03-01T12:00:00Z')
const diploma = Buffer.from('%PDF-1.7 a diploma'.padEnd(300_000, '.')).toString('base64')

/** Two results, one of which has a diploma; titles in two languages. */
const chosen: Elmo = {
  generatedDate: '2026-02-01T10:00:00Z',
  learner: { givenNames: 'Ane', familyName: 'Vik', bday: '2001-04-05' },
  reports: [
    {
      issuer: {
        country: 'NO',
        identifier: [{ type: 'schac', value: 'havet.example' }],
        title: [{ value: 'Havet University', lang: 'en' }],
        url: 'https://havet.example/',
      },
      issueDate: '2026-02-01T10:00:00Z',
      learningOpportunitySpecification: [
        {
          title: [
            { value: 'Databaser', lang: 'nb' },
            { value: 'Databases', lang: 'en' },
          ],
          type: 'Course',
          instance: { date: '2026-01-20', status: 'passed', resultLabel: 'B', attachments: { ref: ['havet/1'] } },
        },
      ],
      attachment: [
        {
          identifier: [{ type: 'internal', value: 'havet/1' }],
          title: [{ value: 'Diploma', lang: 'en' }],
          type: 'Diploma',
          content: [{ value: `data:application/pdf;base64,${diploma}` }],
        },
      ],
    },
  ],
}

let signingKey: SigningKey
beforeAll(async () => {
  signingKey = await makeThrowawaySigner({ commonName: 'ncp.example' })
})

async function make(transcript?: MakeTranscript, { elmo = chosen, language = 'en' } = {}) {
  const entry = { title: 'Results from the sea', signingKey, ...(transcript === undefined ? {} : { transcript }) }
  const made = await makeDocument(elmo, at, entry, language)
  if ('broken' in made) throw new Error(made.broken)
  return made
}
const verified = (xml: Uint8Array): Elmo => {
  const outcome = verifyElmo(xml, { certificates: [signingKey.certificate], at })
  if (!outcome.verified) throw new Error(outcome.code)
  return outcome.document.elmo
}

describe('makeDocument with a readable transcript', () => {
  let xml: Uint8Array
  let elmo: Elmo
  let pdf: Uint8Array
  beforeAll(async () => {
    ;({ xml } = await make(transcriptMaker()))
    elmo = verified(xml)
    pdf = attachedTranscript(elmo)!
  })

  it('attaches it to the document, before all others, with the type, title and form that peers look for', () => {
    const [first, ...others] = elmo.attachments ?? []
    expect(others).toEqual([])
    expect(first).toMatchObject({ type: 'EMREX transcript', title: [{ value: 'EMREX transcript', lang: 'en' }] })
    expect(first?.content?.map(({ value }) => value.slice(0, 40))).toEqual(['data:application/pdf;base64,JVBERi0xLjcK'])
    expect(Buffer.from(pdf.subarray(0, 8)).toString()).toBe('%PDF-1.7')
    expect(readElmo(xml).problems).toEqual([])
  })

  it('fulfils the rules about attachments that the linter knows, which a document without one breaks', async () => {
    const broken = (one: Elmo) => lintElmo(one).findings.filter(({ rule }) => rule.startsWith('ATT-'))
    expect(broken(elmo)).toEqual([])
    const bare = { ...chosen, reports: chosen.reports.map(({ attachment: _none, ...report }) => report) }
    expect(broken(bare).map(({ rule }) => rule)).toContain('ATT-REQUIRED')
  })

  it('keeps the attachments of the results as they are, and sends none of them twice', () => {
    expect(elmo.reports).toEqual(chosen.reports)
    expect(xml.byteLength).toBeLessThan(diploma.length + 150_000)
  })

  describeWith(describe, 'pdftotext', 'and poppler', () => {
    it('holds the same results inside, signed by us too, without attachments', () => {
      const [inside, ...others] = new ReadPdf(pdf).attached
      expect(others).toEqual([])
      const document = verified(inside!.bytes)
      expect(document.attachments).toBeUndefined()
      const [report] = chosen.reports
      const { attachment: _beside, learningOpportunitySpecification: [result] = [], ...common } = report!
      const { attachments: _refs, ...instance } = result!.instance
      expect(document.reports).toEqual([{ ...common, learningOpportunitySpecification: [{ ...result, instance }] }])
      expect(document.learner).toEqual(chosen.learner)
      expect(document.generatedDate).toBe(elmo.generatedDate)
    })

    it('says who signed, and that attachments travel beside it', () => {
      const { text } = new ReadPdf(pdf)
      for (const words of [
        'Results from the sea',
        'CN=ncp.example',
        'The attached file is what was signed.',
        'Diploma (',
      ])
        expect(text).toContain(words)
    })

    it('takes titles in the language of the page', async () => {
      const norwegian = verified((await make(transcriptMaker(), { language: 'nb' })).xml)
      expect(new ReadPdf(attachedTranscript(norwegian)!).text).toMatch(/1 Databaser[^]*Also \(en\): Databases/)
      expect(new ReadPdf(pdf).text).toMatch(/1 Databases[^]*Also \(nb\): Databaser/)
    })
  })
})

describe('makeDocument', () => {
  it('attaches nothing where the entry makes no transcripts', async () => {
    const { xml, failed } = await make()
    expect([verified(xml).attachments, failed]).toEqual([undefined, undefined])
  })

  it('sends the results without a transcript when making one fails, and says why', async () => {
    const { xml, failed } = await make(() => Promise.reject(new Error('a font is gone')))
    expect(failed).toEqual(new Error('a font is gone'))
    expect(verified(xml)).toEqual({ ...chosen, generatedDate: at.toISOString() })
  })

  it('signs all of it with one key, whatever key the entry is given meanwhile', async () => {
    const next = await makeThrowawaySigner({ commonName: 'next.example' })
    const entry = { title: 'Results from the sea', signingKey, transcript: transcriptMaker() }
    const transcript: MakeTranscript = (...what) => {
      entry.signingKey = next
      return transcriptMaker()(...what)
    }
    const made = await makeDocument(
      chosen,
      at,
      {
        ...entry,
        transcript,
        get signingKey() {
          return entry.signingKey
        },
      },
      'en',
    )
    expect(made).toMatchObject({ signedWith: signingKey.certificate })
    expect(attachedTranscript(verified((made as { xml: Uint8Array }).xml))).toBeDefined()
  })

  it('signs nothing that breaks the table, and makes no transcript of it', async () => {
    let asked = 0
    const transcript: MakeTranscript = async () => {
      asked++
      return new Uint8Array()
    }
    const bad = { ...chosen, reports: chosen.reports.map((report) => ({ ...report, issueDate: 'soon' })) }
    await expect(make(transcript, { elmo: bad })).rejects.toThrow('GRAMMAR-VALUE /elmo/report[1]/issueDate')
    expect(asked).toBe(0)
  })
})
