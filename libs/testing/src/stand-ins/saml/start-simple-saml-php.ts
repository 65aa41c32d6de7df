import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../free-port.js'
import { makeThrowawaySigner } from '../../throwaway-signer.js'
import { findSimpleSamlPhp } from './find-simple-saml-php.js'
import { simpleSamlPhpSettings, type SimpleSamlPhpFacts } from './simple-saml-php-settings.js'

export interface SimpleSamlPhpOptions extends Pick<SimpleSamlPhpFacts, 'people' | 'level' | 'service'> {
  /** How it encrypts, where the service has a certificate for that: as it is shipped, or with one word changed. */
  readonly cipher?: 'aes128-cbc' | 'aes256-gcm'
}

export interface SimpleSamlPhp {
  readonly origin: string
  readonly entityId: string
  /** As it publishes it. */
  readonly metadata: string
  close(): Promise<void>
}

/**
 * SimpleSAMLphp as identity provider, by PHP's own web server on the loopback interface. People log in with their user
 * name as password. Nothing is changed in the unpacked package.
 */
export async function startSimpleSamlPhp(options: SimpleSamlPhpOptions): Promise<SimpleSamlPhp> {
  const program = findSimpleSamlPhp()
  if (program === undefined) throw new Error('SimpleSAMLphp is not unpacked; .ci/run does that')
  const folder = await mkdtemp(join(tmpdir(), 'emrex-simplesamlphp-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const signer = await makeThrowawaySigner()
  const files: Record<string, string> = {
    ...simpleSamlPhpSettings({ ...options, folder, program, origin }),
    'cert/idp.key': signer.privateKey,
    'cert/idp.pem': signer.certificate,
    'data/empty': '',
    'log/empty': '',
    'tmp/empty': '',
    'sessions/empty': '',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  const prepended = options.cipher === 'aes256-gcm' ? await writeGcmPatch(program, folder) : undefined
  const parameters = {
    // Notes about what PHP 8.2 dislikes would stand in the pages.
    error_reporting: '0',
    'session.save_path': join(folder, 'sessions'),
    ...(prepended === undefined ? {} : { auto_prepend_file: prepended }),
  }
  const child = spawn(
    'php',
    [
      ...Object.entries(parameters).flatMap(([name, value]) => ['-d', `${name}=${value}`]),
      '-S',
      `127.0.0.1:${port}`,
      '-t',
      join(program, 'www'),
    ],
    { stdio: 'ignore', env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'conf') } },
  )
  const ended = once(child, 'exit')
  const close = async (): Promise<void> => {
    child.kill()
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const metadata = await untilReady(`${origin}/saml2/idp/metadata.php`)
    return { origin, entityId: `${origin}/saml2/idp/metadata.php`, metadata, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** A class of the package with one word changed, which PHP loads before it looks for the package's own. */
async function writeGcmPatch(program: string, folder: string): Promise<string> {
  const shipped = await readFile(join(program, 'vendor/simplesamlphp/saml2/src/SAML2/EncryptedAssertion.php'), 'utf8')
  const changed = shipped.replace(
    'new XMLSecurityKey(XMLSecurityKey::AES128_CBC)',
    'new XMLSecurityKey(XMLSecurityKey::AES256_GCM)',
  )
  if (changed === shipped) throw new Error('this SimpleSAMLphp is written otherwise than expected')
  const file = join(folder, 'EncryptedAssertion.php')
  await writeFile(file, changed)
  return file
}

async function untilReady(url: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const response = await fetch(url).catch(() => undefined)
    const text = await response?.text()
    if (response?.status === 200 && text?.includes('EntityDescriptor') === true) return text
    await wait(100)
  }
  throw new Error('SimpleSAMLphp did not come up')
}
