import 'reflect-metadata'
import { Get, Param, Post, Req, Res } from '@nestjs/common'
import { defaults, loginOf, type IdentityProvider, type InboundMessage } from '@emrex-gateway/core'
import type { Request, Response } from 'express'
import { readForm } from '../forms/read-form.js'
import { inbound } from './inbound.js'
import { receiveLogout, sendLoginMetadata, type LoginAddresses } from './login-http.js'
import type { Frame } from './site.js'

/** An entry of a role, as the routes of its logins need it. */
export interface LoginDoor {
  readonly entry: LoginAddresses
  /** All logins that can be left here, those of staff too. */
  readonly leavable: readonly IdentityProvider[]
  frame(request: Request): Frame
  /** Judges the message of a login and answers. */
  complete(request: Request, response: Response, provider: IdentityProvider, message: InboundMessage): Promise<void>
}

/** The routes of logins, the same below every entry of every role; a controller of a role inherits them. */
export abstract class LoginController {
  /** @throws {EmrexError} PAGE_UNKNOWN */
  protected abstract loginDoor(entry: string): LoginDoor

  @Get('login/:login/callback')
  async loginLink(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.loginDoor(entry)
    const message = inbound('GET', addressOf(door, login, 'callback'), request)
    await door.complete(request, response, loginOf(door.entry.logins, login), message)
  }

  @Post('login/:login/callback')
  async loginPost(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.loginDoor(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    const message = inbound('POST', addressOf(door, login, 'callback'), request, form)
    await door.complete(request, response, loginOf(door.entry.logins, login), message)
  }

  @Get('login/:login/metadata')
  async loginMetadata(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Res() response: Response,
  ): Promise<void> {
    await sendLoginMetadata(response, this.loginDoor(entry).entry, login)
  }

  @Get('login/:login/logout')
  async logoutLink(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.loginDoor(entry)
    await leave(door, login, inbound('GET', addressOf(door, login, 'logout'), request), request, response)
  }

  @Post('login/:login/logout')
  async logoutPost(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const door = this.loginDoor(entry)
    const form = await readForm(request, { maxBytes: defaults.formMaxBytes })
    await leave(door, login, inbound('POST', addressOf(door, login, 'logout'), request, form), request, response)
  }
}

const addressOf = ({ entry }: LoginDoor, login: string, what: 'callback' | 'logout'): string =>
  `${entry.publicUrl}/login/${login}/${what}`

function leave(
  door: LoginDoor,
  login: string,
  message: InboundMessage,
  request: Request,
  response: Response,
): Promise<void> {
  const entry = { publicUrl: door.entry.publicUrl, logins: door.leavable }
  return receiveLogout(response, entry, login, message, door.frame(request))
}
