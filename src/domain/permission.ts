// Who may call a route. Declared by whoever opens routes, beside them; enforced and walked by http/ (see http/permissions.ts).
// A route without a permission keeps the service from starting.

/**
 * `public`: anybody, and it must not change anything for somebody else.
 * `operator`: whoever runs the service (http/operators.ts).
 * `token`: the holder of a token of that very conversation, checked by the channel.
 * `signed by …`: a provider, proven by its signature over the request, checked by the channel.
 * `signing in`: anybody, but only a page of our own or a program: what leads to a session.
 * `signed in`: whoever has a session. `staff …`: whoever has one of the permissions of domain/role.ts that are named, by a
 * session or a token. Both are checked by http/api and http/auth; the guard sees to it that no other page borrows the session.
 */
export type Permission = 'public' | 'operator' | 'token' | `signed by ${string}` | 'signing in' | 'signed in' | `staff ${string}`;

/** A permission, and how large a body may be where the usual limit does not suit. */
export interface RoutePermission {
  allow: Permission;
  maxBytes?: number;
}

/** Methods as routes are registered. `ALL` stands for any; `UPGRADE` is a WebSocket. */
export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ALL' | 'UPGRADE';

/** Permissions by method and pattern, exactly as the route is registered: `'POST /channels/twilio/messages': 'signed by Twilio'`. */
export type RoutePermissions = Readonly<Record<`${RouteMethod} /${string}`, Permission | RoutePermission>>;
