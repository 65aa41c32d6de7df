import { readmeExamples } from '@emrex-gateway/testing'

const page = new URL('../../../../docs/embedding.md', import.meta.url)

/** The three programs of docs/embedding.md, as they stand there. */
export const programs = {
  nest: readmeExamples(page, 'ts')[0]!,
  express: readmeExamples(page, 'cjs')[0]!,
  script: readmeExamples(page, 'mjs')[0]!,
}

/** What the programs find beside themselves. */
export const keyFiles = ({
  privateKey,
  certificate,
}: {
  readonly privateKey: string
  readonly certificate: string
}) => ({
  'ncp.key.pem': privateKey,
  'ncp.pem': certificate,
  'seal.key': Buffer.alloc(32, 7).toString('base64'),
})

/** The student of programs 1 and 2, with a result that was not passed. */
export const solveig = {
  person: { id: '4711', givenNames: 'Solveig', familyName: 'Prøve', birthDate: '1999-04-05' },
  courses: [
    { code: 'INF-1', title: 'Databases', status: 'passed', date: '2026-01-20', credits: 7.5, grade: 'B' },
    { code: 'INF-2', title: 'Compilers', status: 'failed', date: '2026-01-21', credits: 7.5, grade: 'F' },
  ],
}

/** What each program installs, as its `npm install` line says. */
export const installs = {
  nest: [
    ...['core', 'ncp', 'web', 'store', 'knex-sqlite'].map((name) => `@emrex-gateway/${name}`),
    ...['@nestjs/common', '@nestjs/core', '@nestjs/platform-express', 'reflect-metadata', 'rxjs'],
    ...['preact', 'preact-render-to-string', 'express', '@types/express', '@types/node'],
  ],
  express: [
    ...['core', 'ncp', 'web', 'store', 'knex-sqlite'].map((name) => `@emrex-gateway/${name}`),
    ...['preact', 'preact-render-to-string', 'express'],
  ],
  script: ['core', 'elmo', 'registry', 'smp'].map((name) => `@emrex-gateway/${name}`),
}
