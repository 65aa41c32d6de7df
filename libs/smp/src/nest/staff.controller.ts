import 'reflect-metadata'
import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common'
import { defaults, EmrexError, type InboundMessage, type Transfer } from '@emrex-gateway/core'
import { demandOwnSite, inbound, readForm, sendLoginMetadata } from '@emrex-gateway/web'
import type { Request, Response } from 'express'
import type { StaffState } from '../flow/staff-flow.js'
import { transcriptOf } from './pages/transcript.js'
import { SmpEntries, type SmpDoor } from './smp-entries.js'
import type { StatisticsWish } from '../flow/staff-statistics.js'
import { frame } from './smp.controller.js'

type StaffDoor = SmpDoor & {
  readonly staff: NonNullable<SmpDoor['staff']>
  readonly staffHttp: NonNullable<SmpDoor['staffHttp']>
}

/** Staff of one SMP: login, the open cases, a decision with author and reason; cases that are entered by hand, and their files. */
@Controller('smp/:entry/staff')
export class StaffController {
  constructor(@Inject(SmpEntries) private readonly entries: SmpEntries) {}

  @Post()
  async begin(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.find(entry)
    request.resume()
    demandOwnSite(request, door.flow.entry.publicUrl)
    const page = frame(request, door)
    await door.staffHttp.begin(response, page, (browser) => door.staff.start(browser, page.language))
  }

  @Get('login/callback')
  async loginLink(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.find(entry)
    await this.completeLogin(door, inbound('GET', callbackOf(door), request), request, response)
  }

  @Post('login/callback')
  async loginPost(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.find(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    await this.completeLogin(door, inbound('POST', callbackOf(door), request, form), request, response)
  }

  /** For the operator of the login for staff. */
  @Get('login/metadata')
  async metadata(@Param('entry') entry: string, @Res() response: Response): Promise<void> {
    const door = this.find(entry)
    const { provider } = door.staff
    const { publicUrl } = door.flow.entry
    await sendLoginMetadata(response, { publicUrl, logins: [provider] }, provider.info.id, callbackOf(door))
  }

  @Get(':session')
  async hub(
    @Param('entry') entry: string,
    @Param('session') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.find(entry)
    await door.staffHttp.hub(request, response, frame(request, door), id, (session) => door.staff.next(session))
  }

  /** A case that is entered by hand. */
  @Get(':session/cases/:case')
  async show(
    @Param('entry') entry: string,
    @Param('session') id: string,
    @Param('case') caseId: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.find(entry)
    const show = (session: Transfer<StaffState>) => door.staff.show(session, caseId)
    await door.staffHttp.hub(request, response, frame(request, door), id, show)
  }

  @Get(':session/cases/:case/files/:name')
  async download(
    @Param('entry') entry: string,
    @Param('session') id: string,
    @Param('case') caseId: string,
    @Param('name') name: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.find(entry)
    const { language } = frame(request, door)
    await door.staffHttp.download(request, response, id, async (session) => {
      const file = await door.staff.file(session, caseId, name, language)
      return 'transcriptOf' in file ? { ...file, bytes: transcriptOf(file.transcriptOf, language) } : file
    })
  }

  /** What became of the transfers, as charts and tables. */
  @Get(':session/statistics')
  async statistics(
    @Param('entry') entry: string,
    @Param('session') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.find(entry)
    const show = (session: Transfer<StaffState>) => door.staff.statistics(session, wishOf(query))
    await door.staffHttp.hub(request, response, frame(request, door), id, show)
  }

  @Get(':session/statistics/:name')
  async statisticsFile(
    @Param('entry') entry: string,
    @Param('session') id: string,
    @Param('name') name: string,
    @Query() query: Record<string, unknown>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.find(entry)
    const read = (session: Transfer<StaffState>) => door.staff.statisticsFile(session, name, wishOf(query))
    await door.staffHttp.download(request, response, id, read)
  }

  @Post(':session/close')
  async close(
    @Param('entry') entry: string,
    @Param('session') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.find(entry)
    await door.staffHttp.act(request, response, frame(request, door), id, (session, form) => {
      const decision = form.get('decision')
      if (decision !== 'taken' && decision !== 'refused')
        throw new EmrexError('REQUEST_MALFORMED', 'a case is closed as taken or refused')
      const reason = form.get('reason') ?? ''
      return door.staff.close(session, form.get('case') ?? '', { taken: decision === 'taken', reason })
    })
  }

  @Post(':session/decide')
  async decide(
    @Param('entry') entry: string,
    @Param('session') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.find(entry)
    await door.staffHttp.act(request, response, frame(request, door), id, async (session, form) => {
      const decision = form.get('decision')
      if (decision !== 'accept' && decision !== 'refuse')
        throw new EmrexError('REQUEST_MALFORMED', 'a decision is accept or refuse')
      const step = await door.staff.decide(session, form.get('case') ?? '', {
        accept: decision === 'accept',
        reason: form.get('reason') ?? '',
      })
      if (decision === 'accept') this.entries.decided(entry)
      return step
    })
  }

  private async completeLogin(
    door: StaffDoor,
    message: InboundMessage,
    request: Request,
    response: Response,
  ): Promise<void> {
    const { staff, staffHttp } = door
    const complete = () => staff.complete(message)
    const { provider } = staff
    await staffHttp.loginMessage(request, response, frame(request, door), { provider, message }, complete)
  }

  private find(entry: string): StaffDoor {
    const door = this.entries.find(entry)
    const { staff, staffHttp } = door
    if (staff === undefined || staffHttp === undefined) throw new EmrexError('PAGE_UNKNOWN')
    return { ...door, staff, staffHttp }
  }
}

const callbackOf = ({ flow }: StaffDoor): string => `${flow.entry.publicUrl}/staff/login/callback`

/** What is given twice, or is no text, was not made by a page of ours. */
const wishOf = ({ of, year }: Record<string, unknown>): StatisticsWish => ({
  ...(typeof of === 'string' ? { of } : {}),
  ...(typeof year === 'string' ? { year } : {}),
})
