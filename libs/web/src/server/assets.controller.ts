import 'reflect-metadata'
import { Controller, Get, Param, Req, Res } from '@nestjs/common'
import { EmrexError } from '@emrex-gateway/core'
import type { Request, Response } from 'express'
import { assetOf, isAssetName } from './assets.js'

/** Serves the style, the script and the icon of all pages, and nothing else. */
@Controller('assets')
export class AssetsController {
  @Get(':name')
  send(@Param('name') name: string, @Req() request: Request, @Res() response: Response): void {
    if (!isAssetName(name)) throw new EmrexError('PAGE_UNKNOWN')
    const { bytes, contentType, version } = assetOf(name)
    response.setHeader('ETag', `"${version}"`)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    // Only the address that names the content may be kept for good.
    const forGood = request.query['v'] === version
    response.setHeader('Cache-Control', forGood ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
    if (request.fresh) {
      response.statusCode = 304
      response.end()
      return
    }
    response.setHeader('Content-Type', contentType)
    response.end(bytes)
  }
}
