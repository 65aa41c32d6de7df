import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Whether a program can be started. @param {string} command @param {string} [argument] */
export const isInstalled = (command, argument = '--version') =>
  spawnSync(command, [argument], { stdio: 'ignore', timeout: 30_000 }).status === 0

/**
 * Processor time (user and system) of a program that ends by itself.
 *
 * @param {readonly string[]} command
 * @returns {number} milliseconds
 */
function processorMs(command) {
  // POSIX: the second line of `times` is about the children of the shell.
  const script = '"$@" >/dev/null 2>&1 || exit 1; times'
  const { status, stdout } = spawnSync('sh', ['-c', script, 'sh', ...command], { encoding: 'utf8', timeout: 120_000 })
  if (status !== 0) throw new Error(`${command[0]} failed`)
  const [, children = ''] = stdout.trim().split('\n')
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1000,
    0,
  )
}

/**
 * What one of many repetitions in one process costs: what the start and the first one cost is taken away.
 *
 * @param {(repetitions: number) => readonly string[]} command
 * @param {number} repetitions
 */
const perRepetition = (command, repetitions) =>
  (processorMs(command(repetitions)) - processorMs(command(1))) / (repetitions - 1)

const repetitions = { '20k': 200, '100k': 50, '1m': 11, '10m': 6, '40m': 3 }

/**
 * xmlsec1 and xmllint on the command line. Neither unpacks or packs; each reads the file for itself.
 *
 * @param {string} folder of makeBenchFiles
 * @param {string} schema a file
 */
export function commandLines(folder, schema) {
  const file = (/** @type {string} */ name) => join(folder, name)
  const keys = ['--enabled-key-data', 'x509']
  return {
    /** Verify and validate. @param {import('./make-elmo.mjs').DocumentName} document */
    receive(document) {
      const signed = file(`${document}.signed.xml`)
      const certificate = file('certificate.pem')
      const verify = perRepetition(
        (times) => ['xmlsec1', '--verify', ...keys, '--pubkey-cert-pem', certificate, '--repeat', `${times}`, signed],
        repetitions[document],
      )
      // It repeats a hundred times or not at all.
      const validate = perRepetition(
        (times) => [
          'xmllint',
          '--huge',
          '--nonet',
          '--noout',
          ...(times > 1 ? ['--repeat'] : []),
          '--schema',
          schema,
          signed,
        ],
        100,
      )
      return verify + validate
    },
    /** Sign what is written already. @param {import('./make-elmo.mjs').DocumentName} document */
    send(document) {
      const template = file(`${document}.template.xml`)
      writeFileSync(template, emptySignature(readFileSync(file(`${document}.signed.xml`), 'latin1')), 'latin1')
      const key = `${file('key.pem')},${file('certificate.pem')}`
      return perRepetition(
        (times) => [
          'xmlsec1',
          '--sign',
          '--privkey-pem',
          key,
          '--output',
          '/dev/null',
          '--repeat',
          `${times}`,
          template,
        ],
        repetitions[document],
      )
    },
  }
}

/** @param {string} signed */
const emptySignature = (signed) =>
  signed.replace(/<(DigestValue|SignatureValue|X509Data)>[^]*?<\/\1>/g, (_, /** @type {string} */ name) => `<${name}/>`)
