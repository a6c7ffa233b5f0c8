// A plain JSON value, as content and the API carry it. Used everywhere.

/** What JSON can hold; never changed in place. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
