// What a program that shows documents in a terminal shares with the command `elmo`.
export { certificateLines, type ShownCertificate } from './certificate-lines.js'
export { harmless } from './harmless.js'
export { harmlessJson } from './harmless-json.js'
export { noticeLine } from './notice-line.js'
export { certificatesIn } from './read-certificates.js'
export { textTable } from './text-table.js'
