import 'reflect-metadata'
import { Controller, Get, Req, Res, VERSION_NEUTRAL } from '@nestjs/common'
import type { Request, Response } from 'express'
import { assetNames } from './assets.js'
import { pathOf } from './path-of.js'
import { sendAsset } from './send-asset.js'

/**
 * Serves the style, the script and the icon of all pages, and nothing else: what else lies at `/assets` is of the application
 * that embeds a role. They stand in our pages by their address, whatever version its own routes have.
 */
@Controller({ path: 'assets', version: VERSION_NEUTRAL })
export class AssetsController {
  @Get(assetNames)
  send(@Req() request: Request, @Res() response: Response): void {
    sendAsset(request, response, pathOf(request).split('/').at(-1)!)
  }
}
