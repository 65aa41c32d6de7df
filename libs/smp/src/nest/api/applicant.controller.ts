import 'reflect-metadata'
import { defaults, EmrexError } from '@emrex-gateway/core'
import { demandOwnSite, problemPage, readForm, sendPage, translator } from '@emrex-gateway/web'
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import { linkPageView } from '../pages/link.page.js'
import { SmpEntries, type SmpParts } from '../smp-entries.js'
import { frame } from '../smp.controller.js'

/** The link that an applicant gets: looking at it changes nothing, its buttons use it up. */
@Controller('smp/:entry/links')
export class ApplicantController {
  constructor(@Inject(SmpEntries) private readonly entries: SmpEntries) {}

  @Get(':token')
  async look(
    @Param('entry') entry: string,
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.findApi(entry)
    const page = frame(request, door)
    const asked = await door.api.desk.look(token)
    const view = linkPageView(
      asked,
      { t: translator(page.language), language: page.language },
      `${door.home}/links/${token}`,
    )
    sendPage(response, { ...page, ...view })
  }

  @Post(':token')
  async accept(
    @Param('entry') entry: string,
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.findApi(entry)
    await takePress(request, door, 'accept')
    const page = frame(request, door)
    await door.http.begin(response, page, (browser) =>
      door.api.desk.open(token, () => door.flow.start(browser, page.language)),
    )
  }

  /** Of its own address, so that limits and a gateway that is about to stop can tell it from the begin of a transfer. */
  @Post(':token/decline')
  async decline(
    @Param('entry') entry: string,
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.findApi(entry)
    await takePress(request, door, 'decline')
    await door.api.desk.decline(token)
    sendPage(response, problemPage('USER_DECLINED', frame(request, door)))
  }
}

/** The token in the address is the proof that the page was ours; nobody else's page presses its buttons. */
async function takePress(
  request: Request,
  { flow }: Pick<SmpParts, 'flow'>,
  decision: 'accept' | 'decline',
): Promise<void> {
  const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
  demandOwnSite(request, flow.entry.publicUrl)
  if (form.get('decision') !== decision) throw new EmrexError('REQUEST_MALFORMED', 'a link is accepted or declined')
}
