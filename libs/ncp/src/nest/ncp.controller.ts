import 'reflect-metadata'
import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters, VERSION_NEUTRAL } from '@nestjs/common'
import type { LoginDoor } from '@emrex-gateway/web'
import { LoginController, ProblemFilter } from '@emrex-gateway/web/nest'
import type { Request, Response } from 'express'
import { NcpEntries } from '../http/ncp-entries.js'
import { ncpRoutes } from '../http/ncp-routes.js'

/** The routes of the NCPs (`ncpRoutes`) for Nest: at their registered address, whatever versions the application's own have. */
@Controller({ path: 'ncp/:entry', version: VERSION_NEUTRAL })
@UseFilters(ProblemFilter)
export class NcpController extends LoginController {
  constructor(@Inject(NcpEntries) private readonly entries: NcpEntries) {
    super()
  }

  @Post()
  async receive(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await ncpRoutes.receive(this.entries.find(entry), request, response)
  }

  @Get()
  async receiveLink(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await ncpRoutes.receive(this.entries.find(entry), request, response)
  }

  @Get('transfers/:transfer')
  async hub(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await ncpRoutes.hub(this.entries.find(entry), id, request, response)
  }

  /** What the person keeps of the transfer: as a page, and as files. */
  @Get(['transfers/:transfer/receipt', 'transfers/:transfer/receipt.:ending'])
  async receipt(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Param('ending') ending: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await ncpRoutes.receipt(this.entries.find(entry), { id, ending }, request, response)
  }

  /** The readable transcript of what is about to be sent. */
  @Get('transfers/:transfer/transcript.pdf')
  async transcript(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await ncpRoutes.transcript(this.entries.find(entry), id, request, response)
  }

  /** The address of a form, opened by itself. */
  @Get('transfers/:transfer/:action')
  async actedOn(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await ncpRoutes.actedOn(this.entries.find(entry), id, request, response)
  }

  @Post('transfers/:transfer/:action')
  async act(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Param('action') action: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await ncpRoutes.act(this.entries.find(entry), { id, action }, request, response)
  }

  protected loginDoor(entry: string): LoginDoor {
    return ncpRoutes.loginDoor(this.entries.find(entry))
  }
}
