// What one operation of /api/v1 is: method, path, who may call it, and the shapes of what goes in and comes out.
// The tables of operations beside this file are read by the server (routes, checks, OpenAPI) and by the console's client.
import type { z } from 'zod';
import type { StaffPermission } from '../domain/role.ts';

export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, with parameters in braces: `/cases/{id}`. */
  path: `/${string}`;
  /** One sentence for the OpenAPI description. */
  summary: string;
  /** `public`: before signing in. `signed_in`: anybody with a session. Several: any of them. */
  permission: 'public' | 'signed_in' | StaffPermission | readonly StaffPermission[];
  /** True where a partner's program may call it with a token that holds the permission as a scope. */
  token?: true;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** How large the body may be, where the usual limit does not suit. */
  maxBytes?: number;
  /** Body of a 200; absent for 204. */
  response?: z.ZodType;
}

type In<T> = T extends z.ZodType ? z.input<T> : undefined;
type Out<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a caller gives. */
export interface CallOf<T extends Operation> {
  params: In<T['params']>;
  query: In<T['query']>;
  body: In<T['body']>;
}
/** What a handler gets, parsed. */
export interface ParsedCallOf<T extends Operation> {
  params: Out<T['params']>;
  query: Out<T['query']>;
  body: Out<T['body']>;
}
/** What comes back. */
export type AnswerOf<T extends Operation> = T['response'] extends z.ZodType ? z.output<T['response']> : undefined;
