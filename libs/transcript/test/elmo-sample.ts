import type { Elmo } from '@emrex-gateway/elmo'

const issuer = {
  country: 'NO',
  identifier: [{ type: 'schac', value: 'hav.example' }],
  title: [
    { lang: 'nb', value: 'Universitetet Havet' },
    { lang: 'en', value: 'Havet University' },
  ],
  url: 'https://hav.example/',
}

/** A document in which each part of a transcript has something to say. */
export const elmoSample: Elmo = {
  generatedDate: '2026-02-11T10:00:00Z',
  learner: {
    givenNames: 'Ane',
    familyName: 'Vik',
    bday: '2001-04-05',
    identifier: [{ type: 'esi', value: 'urn:schac:personalUniqueCode:int:esi:hav.example:123' }],
  },
  reports: [
    {
      issuer,
      issueDate: '2026-02-10T08:00:00Z',
      status: { code: 'SELECTION' },
      gradingScheme: [{ localId: 'A-F', description: [{ lang: 'en', value: 'A is best, F fails' }] }],
      learningOpportunitySpecification: [
        {
          identifier: [{ type: 'local', value: 'BA-INF' }],
          title: [{ lang: 'en', value: 'Bachelor of Informatics' }],
          type: 'Degree Programme',
          instance: {
            date: '2026-01-31',
            status: 'passed',
            credit: [{ scheme: 'ects', value: '180' }],
            level: [{ type: 'EQF', value: '6' }],
            diplomaSupplement: {
              lang: 'en',
              version: '2018',
              issueDate: '2026-02-01',
              introduction: '<introduction>This supplement follows the <b>common</b> model.</introduction>',
              section: [
                {
                  number: '1',
                  title: 'Holder of the qualification',
                  section: [
                    { number: '1.1', title: 'Family name', content: { value: 'Vik' } },
                    {
                      number: '1.2',
                      title: 'Remarks',
                      content: { type: 'text/html', value: '<p>None &amp; none</p>' },
                    },
                  ],
                },
              ],
            },
          },
          parts: [
            {
              identifier: [{ type: 'local', value: 'INF-1' }],
              title: [
                { lang: 'nb', value: 'Databaser' },
                { lang: 'en', value: 'Databases' },
              ],
              type: 'Course',
              instance: {
                start: '2025-08-15',
                date: '2025-12-12',
                academicTerm: {
                  title: [{ lang: 'en', value: 'Autumn 2025' }],
                  start: '2025-08-01',
                  end: '2025-12-31',
                },
                status: 'passed',
                gradingSchemeLocalId: 'A-F',
                resultLabel: 'B',
                resultDistribution: {
                  category: [
                    { label: 'A', count: '12' },
                    { label: 'B', count: '30' },
                  ],
                },
                shortenedGrading: { percentageLower: '60', percentageEqual: '25', percentageHigher: '15' },
                credit: [{ scheme: 'ects', value: '7.5' }],
                languageOfInstruction: 'en',
              },
            },
            {
              title: [{ lang: 'en', value: 'Safety in the laboratory' }],
              type: 'Course',
              instance: { credit: [{ scheme: 'ects', value: '0' }], status: 'failed' },
            },
          ],
        },
      ],
      attachment: [
        {
          title: [{ lang: 'en', value: 'Diploma' }],
          type: 'Diploma',
          content: [{ value: `data:application/pdf;base64,${'A'.repeat(4000)}` }],
        },
      ],
    },
    {
      issuer: {
        ...issuer,
        identifier: [{ type: 'schac', value: 'fjell.example' }],
        title: [{ value: 'Fjell College' }],
      },
      issueDate: '2026-02-10T08:00:00Z',
    },
  ],
  attachments: [{ title: [{ lang: 'en', value: 'Letter' }], content: [{ value: 'data:text/plain,hello' }] }],
}
