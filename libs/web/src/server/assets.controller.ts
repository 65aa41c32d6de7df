import 'reflect-metadata'
import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import type { Request, Response } from 'express'
import { sendAsset } from './send-asset.js'

/** Serves the style, the script and the icon of all pages, and nothing else. */
@Controller('assets')
export class AssetsController {
  @Get(':name')
  send(@Param('name') name: string, @Req() request: Request, @Res() response: Response): void {
    sendAsset(request, response, name)
  }
}
