import 'reflect-metadata'
import { defaults, EmrexError } from '@emrex-gateway/core'
import { demandOwnSite, problemPage, readForm, sendPage, translator } from '@emrex-gateway/web'
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import { linkPageView } from '../pages/link.page.js'
import { SmpEntries } from '../smp-entries.js'
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
  async answer(
    @Param('entry') entry: string,
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.findApi(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    // The token in the address is the proof that the page was ours; nobody else's page presses its buttons.
    demandOwnSite(request, door.flow.entry.publicUrl)
    const page = frame(request, door)
    const decision = form.get('decision')
    if (decision === 'decline') {
      await door.api.desk.decline(token)
      return sendPage(response, problemPage('USER_DECLINED', page))
    }
    if (decision !== 'accept') throw new EmrexError('REQUEST_MALFORMED', 'a link is accepted or declined')
    await door.http.begin(response, page, (browser) =>
      door.api.desk.open(token, () => door.flow.start(browser, page.language)),
    )
  }
}
