import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of the unpacked package, if it is there. */
const inside = (root: string): string | undefined => {
  const folder = join(root, 'usr/share/simplesamlphp')
  return existsSync(join(folder, 'www/saml2/idp/SSOService.php')) ? folder : undefined
}

/**
 * Where Debian's package simplesamlphp is unpacked: at EMREX_SIMPLESAMLPHP, in `tmp/simplesamlphp` of the project (`.ci/run`
 * puts it there), or installed. Undefined where it is not.
 */
export function findSimpleSamlPhp(): string | undefined {
  const told = process.env['EMREX_SIMPLESAMLPHP']
  if (told !== undefined) return inside(told)
  for (let at = process.cwd(); ; at = dirname(at)) {
    const found = inside(join(at, 'tmp/simplesamlphp'))
    if (found !== undefined) return found
    if (dirname(at) === at) return inside('/')
  }
}
