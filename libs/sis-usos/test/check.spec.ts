import type { SisContext } from '@emrex-gateway/core'
import { openUsos } from './open-usos.js'

const context: SisContext = { signal: new AbortController().signal, languages: ['pl'], reference: 'check' }

async function check(options: Parameters<typeof openUsos>[0] = {}) {
  const opened = await openUsos(options)
  try {
    return await opened.connection.check(context)
  } finally {
    await opened.close()
  }
}

describe('check', () => {
  it('says what it found, and what nobody has confirmed', async () => {
    const { ok, findings } = await check()
    expect(ok).toBe(true)
    expect(findings).toEqual(expect.arrayContaining(['USOS API 7.3.0.0-4, invented', 'our key is taken']))
    expect(findings.filter((line) => line.startsWith('not confirmed: ')).length).toBeGreaterThan(3)
    expect(findings.join()).not.toContain('clock is')
  })

  it('names a method that is needed and missing as wrong, and one that is only useful as a loss', async () => {
    const needed = await check({ without: ['services/grades/terms2'] })
    expect(needed.ok).toBe(false)
    expect(needed.findings).toContain('this installation does not offer services/grades/terms2, which we need')
    const useful = await check({ without: ['services/examrep/user2', 'services/courses/courses description'] })
    expect(useful.ok).toBe(true)
    expect(useful.findings).toEqual(
      expect.arrayContaining([
        'this installation does not offer services/examrep/user2: distributions of grades are left out',
        'services/courses/courses does not know description: descriptions of courses are left out',
      ]),
    )
  })

  it('sees that it speaks with another university', async () => {
    const { ok, findings } = await check({ settings: { institution: { schac: 'inna.example' } } })
    expect(ok).toBe(false)
    expect(findings).toContain('the installation belongs to pierwszy.example, and the settings say inna.example')
  })

  it('sees that the key is refused', async () => {
    const { ok, findings } = await check({ settings: { consumerKey: 'another' } })
    expect(ok).toBe(false)
    expect(findings).toContain('our key: the system refused our credential (HTTP 401)')
  })
})
