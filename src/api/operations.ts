// Every operation of /api/v1: the one table behind routes, OpenAPI description and typed client.
// A new operation is a line in one of the tables, and a handler of the same name in http/api/.
import { caseOperations } from './case-operations.ts';
import { channelOperations } from './channel-operations.ts';
import { complaintOperations } from './complaint-operations.ts';
import { contentOperations } from './content-operations.ts';
import { referralOperations } from './referral-operations.ts';
import { staffOperations } from './staff-operations.ts';

export const operations = {
  ...caseOperations,
  ...referralOperations,
  ...complaintOperations,
  ...contentOperations,
  ...channelOperations,
  ...staffOperations,
} as const;
export type Operations = typeof operations;
export type OperationName = keyof Operations;
