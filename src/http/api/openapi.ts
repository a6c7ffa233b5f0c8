// The API's description for other people's programs, made from the operations themselves. Called by router.ts at start.
import { createRoute, type OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi';
import { ApiFault } from '../../api/common.ts';
import type { Operation } from '../../api/operation.ts';

const FAULTS: Record<number, string> = {
  400: 'What was sent cannot be used; the message says which field and what to do.',
  401: 'Nobody is signed in, or the session or token has ended.',
  403: 'A permission is missing; `permission` names it.',
  404: 'There is no such thing, or it is not yours to see.',
  409: 'It changed meanwhile, or somebody else has it; `takenBy` says who.',
};

type Input = NonNullable<RouteConfig['request']>;

/** One operation as a route: what goes in, what comes out, and what it may be refused with. */
export function toRoute(name: string, operation: Operation, path: string): RouteConfig {
  const { method, summary, permission, token, params, query, body, response } = operation;
  const request: Input = {
    ...(params ? { params: params as Input['params'] } : {}),
    ...(query ? { query: query as Input['query'] } : {}),
    ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
  } as Input;
  const json = (schema: z.ZodType): object => ({ content: { 'application/json': { schema } } });
  const faults = Object.entries(FAULTS).map(([status, description]) => [status, { description, ...json(ApiFault) }]);
  return createRoute({
    method,
    path,
    operationId: name,
    summary,
    tags: [operation.path.split('/')[1] ?? ''],
    security: permission === 'public' ? [] : [{ session: [] }, ...(token ? [{ token: [] }] : [])],
    'x-permission': permission,
    request,
    responses: {
      ...(response ? { 200: { description: 'Done.', ...json(response) } } : { 204: { description: 'Done.' } }),
      ...(Object.fromEntries(faults) as object),
    },
  } as unknown as RouteConfig & { path: string });
}

/** The whole description, OpenAPI 3.1. */
export function describeApi(api: Pick<OpenAPIHono, 'openAPIRegistry' | 'getOpenAPI31Document'>, publicUrl: string): object {
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'ventanilla.session_token',
    description: 'Set by signing in (POST /session).',
  });
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token that an administrator has made for a program of a partner organisation.',
  });
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Ventanilla',
      version: '1',
      description: 'What the console and programs of partner organisations call. Times are milliseconds since 1970 (UTC).',
    },
    servers: [{ url: publicUrl }],
  });
}
