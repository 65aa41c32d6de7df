import 'reflect-metadata'
import { Get, Param, Post, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import { answerLogin, type LoginDoor } from './answer-login.js'

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
    await answerLogin(this.loginDoor(entry), { login, route: 'callback' }, request, response)
  }

  @Post('login/:login/callback')
  async loginPost(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await answerLogin(this.loginDoor(entry), { login, route: 'callback' }, request, response)
  }

  @Get('login/:login/metadata')
  async loginMetadata(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await answerLogin(this.loginDoor(entry), { login, route: 'metadata' }, request, response)
  }

  @Get('login/:login/logout')
  async logoutLink(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await answerLogin(this.loginDoor(entry), { login, route: 'logout' }, request, response)
  }

  @Post('login/:login/logout')
  async logoutPost(
    @Param('entry') entry: string,
    @Param('login') login: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await answerLogin(this.loginDoor(entry), { login, route: 'logout' }, request, response)
  }
}
