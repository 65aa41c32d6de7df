import { ElmoError } from '../../elmo-error.js'
import { checkSigningKey, type SigningKey } from '../../signature/elmo-signer.js'
import { signElmo } from '../../signature/sign-elmo.js'
import type { CliCommand } from '../cli-command.js'
import { exitCodes } from '../exit-codes.js'
import { readInput, readTextFile } from '../read-input.js'
import { sharedOptions } from '../shared-options.js'
import { UsageError } from '../usage-error.js'
import { writeResult } from '../write-result.js'

export const signCommand: CliCommand = {
  name: 'sign',
  files: '[FILE]',
  summary: 'Sign a document; elmo pack then makes the answer of it.',
  about: [
    'All bytes of the document stay as they are; the signature becomes the last element of its root. Signs with SHA-256, or ECDSA with the hash of its curve.',
    'Exit codes: 0 signed, 1 the document cannot be signed (is signed already, is no XML), 2 wrong usage, an unreadable file, a key that cannot be used.',
  ],
  options: {
    key: { value: 'FILE', words: 'private key, PEM: RSA from 2048 bits, ECDSA from P-256' },
    certificate: { value: 'FILE', words: 'the certificate of that key, PEM' },
    output: sharedOptions.output,
    progress: sharedOptions.progress,
  },
  run: async (args, output) => {
    const key = usable({
      privateKey: await readTextFile(args.required('key')),
      certificate: await readTextFile(args.required('certificate')),
    })
    await writeResult(signElmo(await readInput(args.file, args, output), key), args, output)
    return exitCodes.ok
  },
}

function usable(key: SigningKey): SigningKey {
  try {
    checkSigningKey(key)
    return key
  } catch (error) {
    if (error instanceof ElmoError) throw new UsageError(`${error.message} (${error.code})`)
    throw error
  }
}
