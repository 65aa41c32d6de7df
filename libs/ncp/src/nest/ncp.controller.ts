import 'reflect-metadata'
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common'
import { defaults, EmrexError, loginOf, parseProofAnswer, type InboundMessage, type Step } from '@emrex-gateway/core'
import { frameOf, inbound, parseForm, readForm, receiveLogout, sendLoginMetadata, type Frame } from '@emrex-gateway/web'
import type { Request, Response } from 'express'
import type { NcpPage } from '../flow/ncp-page.js'
import { NcpEntries, type NcpDoor } from './ncp-entries.js'

type Actions = (door: NcpDoor, language: string) => Record<string, Act>
type Act = (...of: Parameters<Parameters<NcpDoor['http']['act']>[4]>) => Promise<Step<NcpPage>>

/** What the forms of the pages do. */
const actions: Actions = ({ flow }, language) => ({
  'confirm-receiver': async (transfer, form) =>
    form.get('confirmed') === 'yes' ? flow.confirmReceiver(transfer) : { kind: 'hub', transferId: transfer.id },
  login: (transfer, form) => flow.login(transfer, form.get('login') ?? flow.entry.logins[0]!.info.id, language),
  prove: (transfer, form) => flow.proving.answer(transfer, parseProofAnswer(form)),
  'prove-login': (transfer, form) => flow.proving.login(transfer, form.get('login') ?? '', language),
  'prove-not': (transfer) => flow.proving.giveUp(transfer),
  unlink: (transfer, form) => flow.proving.unlink(transfer, form.get('link') ?? ''),
  select: (transfer, form) => flow.select(transfer, chosenOf(form)),
  reselect: (transfer) => flow.reselect(transfer),
  send: (transfer, form) => flow.send(transfer, form.get('document') ?? ''),
  cancel: (transfer) => flow.cancel(transfer),
  'log-out': (transfer) => flow.logOut(transfer),
  answer: (transfer) => flow.answer(transfer),
})

/** HTTP in, browser action out; the decisions are in `flow/`. */
@Controller('ncp/:entry')
export class NcpController {
  constructor(@Inject(NcpEntries) private readonly entries: NcpEntries) {}

  /** The request of an SMP, posted by the browser from another site. */
  @Post()
  async receive(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.entries.find(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    await door.http.begin(response, frame(request, door), (browser) => door.flow.receive(form, browser))
  }

  /** Some SMPs send the same two fields as a link. */
  @Get()
  async receiveLink(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const door = this.entries.find(entry)
    const form = parseForm(Buffer.from(new URL(request.originalUrl, 'http://localhost').search.slice(1)))
    await door.http.begin(response, frame(request, door), (browser) => door.flow.receive(form, browser))
  }

  @Get('login/:login/callback')
  async loginLink(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const message = inbound('GET', `${door.flow.entry.publicUrl}/login/${login}/callback`, request)
    await this.completeLogin(door, login, message, request, response)
  }

  @Post('login/:login/callback')
  async loginPost(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    const message = inbound('POST', `${door.flow.entry.publicUrl}/login/${login}/callback`, request, form)
    await this.completeLogin(door, login, message, request, response)
  }

  @Get('login/:login/metadata')
  async loginMetadata(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Res() response: Response,
  ): Promise<void> {
    await sendLoginMetadata(response, this.entries.find(entry).flow.entry, login)
  }

  @Get('login/:login/logout')
  async logoutLink(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const message = inbound('GET', `${door.flow.entry.publicUrl}/login/${login}/logout`, request)
    await receiveLogout(response, door.flow.entry, login, message, frame(request, door))
  }

  @Post('login/:login/logout')
  async logoutPost(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    const message = inbound('POST', `${door.flow.entry.publicUrl}/login/${login}/logout`, request, form)
    await receiveLogout(response, door.flow.entry, login, message, frame(request, door))
  }

  @Get('transfers/:transfer')
  async hub(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    await door.http.hub(request, response, frame(request, door), id, (transfer) => door.flow.next(transfer))
  }

  @Post('transfers/:transfer/:action')
  async act(
    @Param('entry') entry: string,
    @Param('transfer') id: string,
    @Param('action') action: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.entries.find(entry)
    const known = actions(door, frame(request, door).language)
    const run = Object.hasOwn(known, action) ? known[action] : undefined
    if (run === undefined) throw new EmrexError('PAGE_UNKNOWN')
    await door.http.act(request, response, frame(request, door), id, run)
  }

  private async completeLogin(
    door: NcpDoor,
    login: string,
    message: InboundMessage,
    request: Request,
    response: Response,
  ): Promise<void> {
    const { flow, http } = door
    const provider = loginOf(flow.entry.logins, login)
    const complete = () => flow.complete(login, message)
    await http.loginMessage(request, response, frame(request, door), { provider, message }, complete)
  }
}

const frame = (request: Request, door: NcpDoor): Frame => frameOf(request, { name: door.flow.entry.title })

const chosenOf = (form: ReadonlyMap<string, string>): ReadonlySet<string> =>
  new Set(
    [...form]
      .filter(([name, value]) => name.startsWith('result.') && value === 'yes')
      .map(([name]) => name.slice('result.'.length)),
  )
