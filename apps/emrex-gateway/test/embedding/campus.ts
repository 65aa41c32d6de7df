// The application of program 1 in docs/embedding.md: its database, its session, its login page. It knows nothing of EMREX.
import { randomUUID } from 'node:crypto'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { BadRequestException, Body, Controller, Get, Module, Post, Query, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'

export const database = openSqlite({ file: 'campus.sqlite' })

interface Student {
  readonly id: string
  readonly givenNames: string
  readonly familyName: string
  readonly birthDate: string
}

/** Who is logged in, by the cookie of this request. */
export const studentOf = async (request: Request): Promise<Student | undefined> =>
  (await database('session')
    .where('session.key', /(?:^|; )campus=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '')
    .join('student', 'student.id', 'session.student')
    .first('student.id', 'givenNames', 'familyName', 'birthDate')) as Student | undefined

const loginForm = '<h1>Campus</h1><form method="post"><input name="id"><input name="pin"><button>Log in</button></form>'

@Controller()
class CampusController {
  @Get('login')
  async page(@Query('then') then: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (!/^http:\/\/127\.0\.0\.1:\d+\/ncp\//.test(then)) throw new BadRequestException('not an address of ours')
    if ((await studentOf(request)) !== undefined) return response.redirect(then)
    response.send(loginForm)
  }

  /** Read by the body parser of the application, which stands before every route of it. */
  @Post('login')
  async logIn(
    @Body() { id, pin }: Record<string, string>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const student = (await database('student')
      .where({ id: `${id}`, pin: `${pin}` })
      .first('id')) as { readonly id: string } | undefined
    const key = randomUUID()
    if (student !== undefined) await database('session').insert({ key, student: student.id })
    response.cookie('campus', key, { httpOnly: true, sameSite: 'lax' }).redirect(request.originalUrl)
  }

  @Get('own-error')
  fail(): never {
    throw new BadRequestException('this error is the application’s own')
  }
}

@Module({ controllers: [CampusController] })
export class CampusModule {}
