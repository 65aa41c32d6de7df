import { sisContext } from '@emrex-gateway/core'
import { startLadok, type LadokOptions } from '@emrex-gateway/testing'
import { connectLadok } from './connect-ladok.js'

const context = sisContext(60, 'check')

async function check(options: LadokOptions = {}, settings: object = {}) {
  const ladok = await startLadok(options)
  const { connection, close } = await connectLadok(ladok, { settings })
  try {
    return { ...(await connection.check(context)), asked: [...ladok.asked] }
  } finally {
    await close()
    await ladok.close()
  }
}

describe('checkLadok', () => {
  it('names the university, our user and our rights, and asks for nobody', async () => {
    const { ok, findings, asked } = await check()
    expect(ok).toBe(true)
    expect(findings).toContain('institution: Norrbergs universitet')
    expect(findings).toContain('known to Ladok as emrex@norrberg.example')
    expect(findings).toContain(
      'rights: kataloginformation.las, resultat.las, studentinformation.lasa, studiedeltagande.las, utbildningsinformation.las',
    )
    expect(asked.filter((path) => !path.startsWith('/kataloginformation/'))).toEqual([])
  })

  it('says which of the known rights is missing', async () => {
    const { ok, findings } = await check({ rights: [11004, 51001] })
    expect(ok).toBe(false)
    expect(findings).toContain('the right 61001 (studentinformation.lasa) is missing')
    expect(findings.filter((line) => line.endsWith('is missing'))).toHaveLength(1)
  })

  it('lists what is assumed, and the degrees as switched', async () => {
    const off = (await check()).findings.filter((line) => line.startsWith('not confirmed: '))
    expect(off.length).toBeGreaterThan(4)
    expect(off.at(-1)).toBe('not confirmed: the path of issued degrees: they are not read (setting degrees)')
    const on = (await check({}, { degrees: true })).findings
    expect(on.at(-1)).toMatch(/^not confirmed: the path of issued degrees .* turned on$/)
  })
})
