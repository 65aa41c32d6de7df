// Collecting from student information systems and writing the transcript; README.md says how this is measured.
import { machine } from './machine.mjs'
import { printTable } from './print-table.mjs'
import { extremeHead, measureExtreme } from './sis/extreme.mjs'
import { manySourcesHead, measureManySources } from './sis/many-sources.mjs'
import { measureTranscripts, transcriptHead } from './sis/transcripts.mjs'

const all = ['ladok', 'usos', 'fs', 'virta', 'sql', 'rest']
const withAttachments = ['sql', 'rest']
const rounds = Number(process.env['EMREX_BENCH_ROUNDS'] ?? 5)
const wanted = process.env['EMREX_BENCH_SYSTEMS']?.split(',') ?? all
/** To see that it works, not to learn how quick it is. */
const isTrial = process.env['EMREX_BENCH_TRIAL'] === '1'
const sizes = isTrial
  ? { courses: 8, atOnce: 3, most: 30, attachmentBytes: 200_000, places: 8, deadlineSeconds: 4 }
  : { courses: 74, atOnce: 100, most: 2000, attachmentBytes: 20_000_000, places: 37, deadlineSeconds: 12 }

console.log(machine())
const { courses, atOnce, most, attachmentBytes, places, deadlineSeconds } = sizes
console.log(`\n${courses} courses, collected and written as a signed document; ${atOnce} at once; ${rounds} round(s)`)
const transcripts = []
for (const system of wanted) transcripts.push(await measureTranscripts(system, { courses, atOnce, rounds }))
printTable(transcriptHead, transcripts)

console.log(`\nmemory of the largest record, above that of small ones; ${rounds} fresh process(es)`)
const extremes = []
for (const system of wanted) {
  extremes.push(await measureExtreme(system, { courses: most, attachmentBytes: 0, rounds }))
  if (withAttachments.includes(system))
    extremes.push(await measureExtreme(system, { courses: most, attachmentBytes, rounds }))
}
printTable(extremeHead, extremes)
if (extremes.some((row) => row.at(-1)?.includes('NOT'))) process.exitCode = 1

console.log(`\none person at many places (REST), at most ${deadlineSeconds} s; ${rounds} round(s)`)
printTable(manySourcesHead, await measureManySources({ places, deadlineSeconds, rounds }))
