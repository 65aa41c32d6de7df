import 'reflect-metadata'
import { EmrexError, reasons, type ReasonCode } from '@emrex-gateway/core'
import { frameOf, translator } from '@emrex-gateway/web'
import { All, Controller, Delete, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common'
import {
  ApiBearerAuth,
  ApiBody,
  ApiExcludeEndpoint,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
  ApiWebhook,
  getSchemaPath,
} from '@nestjs/swagger'
import type { Request, Response } from 'express'
import { demandScope, findApiKey } from '../../api/api-key.js'
import { createdBody, purposeBody, requestBody, resultBody } from '../../api/bodies.js'
import type { ApiClient, ApiScope } from '../../api/import-api.js'
import type { OpenImportApi } from '../../api/open-import-api.js'
import { allowedPurposes, parseOrder, parseOrderKey } from '../../api/order.js'
import { SmpEntries } from '../smp-entries.js'
import { ApiProblemFilter } from './api-problem.filter.js'
import { callerWords } from './caller-words.js'
import { describeImportApi } from './describe-import-api.js'
import * as dto from './import-api.dto.js'
import { readJson } from './read-json.js'

/** The refusals of a call, each with what brings it about. */
const Refuses =
  (refusals: Readonly<Record<number, string>>): MethodDecorator =>
  (target, key, descriptor) => {
    const all = {
      ...{ 401: 'No key, or one that is not known.', 403: 'The key does not allow it.' },
      ...{ 429: 'The key calls too often; `Retry-After` says how many seconds to wait.' },
      ...{ 503: 'We are busy, or our database is away. Call again; `Retry-After` says when.', ...refusals },
    }
    const content = { 'application/problem+json': { schema: { $ref: getSchemaPath(dto.ProblemDto) } } }
    for (const [status, description] of Object.entries(all))
      ApiResponse({ status: Number(status), description, content })(target, key, descriptor)
  }

const states = {
  waiting: dto.WaitingRequestDto,
  opened: dto.OpenedRequestDto,
  failed: dto.FailedRequestDto,
  completed: dto.CompletedRequestDto,
  declined: dto.DeclinedRequestDto,
  expired: dto.ExpiredRequestDto,
}
const oneOfStates = {
  oneOf: Object.values(states).map((state) => ({ $ref: getSchemaPath(state) })),
  discriminator: {
    propertyName: 'status',
    mapping: Object.fromEntries(Object.entries(states).map(([name, state]) => [name, getSchemaPath(state)])),
  },
}
const idParam = { name: 'id', description: 'Id of the request.', schema: { type: 'string' }, example: 'r8Qm2vYx0c3L' }

/**
 * The import API of an SMP: JSON in, JSON out, refusals as problem details. The decisions are in `api/`.
 */
@Controller('smp/:entry/api')
@UseFilters(ApiProblemFilter)
@ApiBearerAuth('key')
@ApiExtraModels(dto.ProblemDto, ...Object.values(states))
export class ImportApiController {
  constructor(@Inject(SmpEntries) private readonly entries: SmpEntries) {}

  @Post('requests')
  @ApiTags('requests')
  @ApiOperation({
    operationId: 'createRequest',
    summary: 'Ask an applicant for results',
    description:
      'Makes a request and a link for the applicant that works once. Needs the scope `requests:write`. The same order ' +
      'under the same `Idempotency-Key` gives the same request, and while it waits another link to it.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: '8 to 255 printable characters, fresh for each order.',
    schema: { type: 'string', minLength: 8, maxLength: 255 },
  })
  @ApiBody({ type: dto.OrderDto })
  @ApiResponse({ status: 201, description: 'Made.', type: dto.CreatedDto })
  @ApiResponse({
    status: 200,
    description: 'Made before, by the same order. Without a link where the first one was used.',
    schema: {
      type: 'object',
      required: ['request'],
      properties: { request: oneOfStates, link: { $ref: getSchemaPath(dto.LinkDto) } },
    },
  })
  @Refuses({
    400: 'The order is malformed; `errors` says where.',
    410: 'The same order came before, and its request was deleted.',
    413: 'The body is too large.',
    422: 'The key of the order came with another order.',
  })
  async create(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { api, client } = await this.enter(entry, request, response, 'requests:write')
    const orderKey = parseOrderKey(headerOf(request, 'idempotency-key'))
    const order = parseOrder(await readJson(request), client, api.settings)
    const created = await api.requests.create(client, order, orderKey)
    if (created.record.state.state === 'deleted') throw new EmrexError('REQUEST_DELETED')
    response.setHeader('Location', `${api.settings.publicUrl}/api/requests/${created.record.id}`)
    send(response, created.isNew ? 201 : 200, createdBody(created))
  }

  @Get('requests/:id')
  @ApiTags('requests')
  @ApiOperation({
    operationId: 'readRequest',
    summary: 'How a request stands',
    description: 'Needs the scope `requests:read`. `status` tells which other members there are.',
  })
  @ApiParam(idParam)
  @ApiResponse({ status: 200, description: 'As it stands.', schema: oneOfStates })
  @Refuses({ 404: 'You have no such request.', 410: 'It was deleted, or withdrawn with its purpose.' })
  async read(
    @Param('entry') entry: string,
    @Param('id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { api, client } = await this.enter(entry, request, response, 'requests:read')
    send(response, 200, requestBody(await api.requests.read(client, id)))
  }

  @Post('requests/:id/link')
  @ApiTags('requests')
  @ApiOperation({
    operationId: 'renewLink',
    summary: 'Another link for the applicant',
    description:
      'Needs the scope `requests:write`. All links before it are void, and what an applicant is doing with one of them ' +
      'brings nothing any more.',
  })
  @ApiParam(idParam)
  @ApiResponse({ status: 201, description: 'Made.', type: dto.CreatedDto })
  @Refuses({
    404: 'You have no such request.',
    409: 'It is over.',
    410: 'It was deleted or withdrawn, or its time is over.',
  })
  async renew(
    @Param('entry') entry: string,
    @Param('id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { api, client } = await this.enter(entry, request, response, 'requests:write')
    request.resume()
    send(response, 201, createdBody(await api.requests.renewLink(client, id)))
  }

  @Get('requests/:id/result')
  @ApiTags('requests')
  @ApiOperation({
    operationId: 'readResult',
    summary: 'The result and what was checked',
    description:
      'Needs the scope `results:read`. Holds the fields of the request and nothing else. Where the document is kept, its ' +
      'signature is verified anew each time.',
  })
  @ApiParam(idParam)
  @ApiResponse({ status: 200, description: 'The result.', type: dto.ResultDto })
  @Refuses({
    404: 'You have no such request.',
    409: 'There is no result yet, or none will come.',
    410: 'It was deleted or withdrawn, or its time is over.',
  })
  async result(
    @Param('entry') entry: string,
    @Param('id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { api, client } = await this.enter(entry, request, response, 'results:read')
    send(response, 200, resultBody(await api.requests.result(client, id)))
  }

  @Delete('requests/:id')
  @ApiTags('requests')
  @ApiOperation({
    operationId: 'deleteRequest',
    summary: 'Delete a request and its result',
    description: 'Needs the scope `requests:delete`. Nothing but the evidence is left. Twice is as good as once.',
  })
  @ApiParam(idParam)
  @ApiResponse({ status: 204, description: 'Deleted.' })
  @Refuses({ 404: 'You have no such request.' })
  async remove(
    @Param('entry') entry: string,
    @Param('id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { api, client } = await this.enter(entry, request, response, 'requests:delete')
    request.resume()
    await api.requests.delete(client, id)
    response.status(204).end()
  }

  @Get('purposes')
  @ApiTags('purposes')
  @ApiOperation({
    operationId: 'listPurposes',
    summary: 'What you may ask for',
    description:
      'Needs the scope `requests:read`. Each purpose with the fields that leave, and how long they are kept.',
  })
  @ApiResponse({ status: 200, description: 'The purposes of your key.', type: dto.PurposesDto })
  @Refuses({})
  async purposes(@Param('entry') entry: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { api, client } = await this.enter(entry, request, response, 'requests:read')
    send(response, 200, { purposes: allowedPurposes(client, api.settings).map(purposeBody) })
  }

  /** Needs no key: it says nothing but what the software says. */
  @Get('openapi.json')
  @ApiExcludeEndpoint()
  async document(@Param('entry') entry: string, @Res() response: Response): Promise<void> {
    const { flow } = this.entries.findApi(entry)
    send(response, 200, await describeImportApi(flow.entry))
  }

  /** What the `type` of a problem leads to. */
  @Get('problems/:code')
  @ApiExcludeEndpoint()
  problem(
    @Param('entry') entry: string,
    @Param('code') code: string,
    @Req() request: Request,
    @Res() response: Response,
  ): void {
    this.entries.findApi(entry)
    if (!Object.hasOwn(reasons, code)) throw new EmrexError('PAGE_UNKNOWN')
    const known = code as ReasonCode
    const { status } = reasons[known]
    const words = callerWords(known, translator(frameOf(request, { name: '' }).language))
    send(response, 200, { code, status, ...words })
  }

  /** Sent by us to the receivers of a client; nobody calls it here. */
  @ApiWebhook('requestChanged')
  @Post('webhook-of-client')
  @ApiTags('webhooks')
  @ApiOperation({
    operationId: 'requestChanged',
    summary: 'A request changed',
    description:
      'Sent to the receivers in the settings, signed as Standard Webhooks says (HMAC-SHA256 over id, timestamp and body). ' +
      'Anything but 2xx within the time limit is tried again, for two days or more. Ignore an id that you have, an event ' +
      'whose sequence is smaller than what you know, and a timestamp of more than five minutes ago.',
    security: [],
  })
  @ApiBody({ type: dto.EventDto })
  @ApiResponse({ status: 204, description: 'Taken.' })
  event(): never {
    throw new EmrexError('PAGE_UNKNOWN')
  }

  @All('*path')
  @ApiExcludeEndpoint()
  unknown(): never {
    throw new EmrexError('PAGE_UNKNOWN')
  }

  /** @throws {EmrexError} API_KEY_REFUSED, API_TOO_MANY_CALLS, API_SCOPE_MISSING */
  private async enter(
    entry: string,
    request: Request,
    response: Response,
    scope: ApiScope,
  ): Promise<{ readonly api: OpenImportApi; readonly client: ApiClient }> {
    const { api } = this.entries.findApi(entry)
    const { client, key } = findApiKey(api.settings.clients, request.headers.authorization)
    const waitSeconds = await this.entries.limitCalls(entry, key.id)
    if (waitSeconds !== undefined) {
      response.setHeader('Retry-After', waitSeconds)
      throw new EmrexError('API_TOO_MANY_CALLS', 'the key calls more often than the settings allow')
    }
    demandScope(key, scope)
    return { api, client }
  }
}

function send(response: Response, status: number, body: object): void {
  response.statusCode = status
  response.setHeader('Content-Type', 'application/json')
  response.setHeader('Cache-Control', 'no-store')
  response.end(JSON.stringify(body))
}

const headerOf = ({ headers }: Request, name: string): string | undefined => {
  const value = headers[name]
  return Array.isArray(value) ? value.join(',') : value
}
