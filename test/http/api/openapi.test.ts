// The API's description: every operation stands in it, and it is sound OpenAPI 3.1: parameters declared, references that lead
// somewhere, types of JSON Schema, security schemes that exist.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from '../../../src/api/operations.ts';
import { openHotline, type TestHotline } from '../../support/app.ts';

const Described = z.object({ description: z.string().min(1) });
const Content = z.record(z.literal('application/json'), z.object({ schema: z.looseObject({}) }));
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().optional(),
  schema: z.looseObject({}),
});
const OperationObject = z.object({
  operationId: z.string(),
  summary: z.string().min(5),
  tags: z.array(z.string().min(1)),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(Parameter).optional(),
  requestBody: z.object({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(z.string().regex(/^\d{3}$/), Described.extend({ content: Content.optional() })),
});
const Document = z.object({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.object({ title: z.string(), version: z.string() }),
  servers: z.array(z.object({ url: z.url() })),
  paths: z.record(z.string().startsWith('/api/v1/'), z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), OperationObject)),
  components: z.object({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
    schemas: z.record(z.string(), z.unknown()),
  }),
});

describe('the description of the API', () => {
  let hotline: TestHotline;
  let document: z.output<typeof Document>;
  let raw: unknown;
  beforeAll(async () => {
    hotline = await openHotline();
    await hotline.app.listen();
    const response = await fetch(`${hotline.app.url()}/api/v1/openapi.json`);
    expect(response.status).toBe(200);
    raw = await response.json();
    document = Document.parse(raw);
  });
  afterAll(() => hotline.close());

  const all = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('names every operation once, at its path and method', () => {
    const named = Object.fromEntries(all().map(({ path, method, operation }) => [operation.operationId, `${method} ${path}`]));
    expect(all()).toHaveLength(Object.keys(operations).length);
    expect(named).toEqual(
      Object.fromEntries(Object.entries(operations).map(([name, { method, path }]) => [name, `${method} /api/v1${path}`])),
    );
  });

  it('declares every parameter of a path, and a body where one is wanted', () => {
    for (const { path, operation } of all()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name).toSorted(), path).toEqual(inPath.toSorted());
      expect(
        declared.every(({ required }) => required === true),
        path,
      ).toBe(true);
      const { body } = operations[operation.operationId as keyof typeof operations] as { body?: unknown };
      expect(operation.requestBody !== undefined, operation.operationId).toBe(body !== undefined);
    }
  });

  it('asks for credentials that it describes, and for none where there are none yet', () => {
    for (const { operation } of all()) {
      const { permission, token } = operations[operation.operationId as keyof typeof operations] as { permission: unknown; token?: true };
      const schemes = operation.security.flatMap((one) => Object.keys(one));
      expect(schemes, operation.operationId).toEqual(permission === 'public' ? [] : token ? ['session', 'token'] : ['session']);
      for (const scheme of schemes) expect(document.components.securitySchemes).toHaveProperty(scheme);
    }
  });

  it('has references that lead somewhere and types that exist', () => {
    const walk = (value: unknown, at: string): void => {
      if (Array.isArray(value)) return value.forEach((item, index) => walk(item, `${at}/${index}`));
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key === '$ref') expect(document.components.schemas, at).toHaveProperty(String(inner).replace('#/components/schemas/', ''));
        if (key === 'type' && !at.includes('/properties') && !at.includes('securitySchemes'))
          expect(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'], at).toEqual(expect.arrayContaining([inner].flat()));
        if (key === 'nullable') throw new Error(`${at}: "nullable" is of OpenAPI 3.0.`);
        walk(inner, `${at}/${key}`);
      }
    };
    walk(raw, '');
  });
});
