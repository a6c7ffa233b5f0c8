// The handler of every operation, gathered from the files of their areas. Given to router.ts by app.ts.
// An operation whose handler is missing does not compile.
import { auditHandlers } from './audit.ts';
import { cannedReplyHandlers } from './canned-replies.ts';
import { caseActionHandlers } from './case-actions.ts';
import { caseHandlers } from './cases.ts';
import { channelHandlers } from './channels.ts';
import { complaintHandlers } from './complaints.ts';
import { contentHandlers } from './content.ts';
import { deskHandlers } from './desks.ts';
import { draftHandlers } from './drafts.ts';
import type { Handlers } from './handler.ts';
import { meHandlers } from './me.ts';
import { mediaHandlers } from './media.ts';
import { referralHandlers } from './referrals.ts';
import { sessionHandlers } from './session.ts';
import { staffHandlers } from './staff.ts';
import { streamHandlers } from './stream.ts';
import { tokenHandlers } from './tokens.ts';

export const handlers: Handlers = {
  ...auditHandlers,
  ...cannedReplyHandlers,
  ...caseActionHandlers,
  ...caseHandlers,
  ...channelHandlers,
  ...complaintHandlers,
  ...contentHandlers,
  ...draftHandlers,
  ...deskHandlers,
  ...meHandlers,
  ...mediaHandlers,
  ...referralHandlers,
  ...sessionHandlers,
  ...staffHandlers,
  ...streamHandlers,
  ...tokenHandlers,
};
