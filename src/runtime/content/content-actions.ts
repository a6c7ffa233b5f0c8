// Everything that is done with content, in one hand: the workshop, drafts, publishing. Made by the service; closed with it.
import type { Services } from '../services.ts';
import { createDraftActions, type DraftActions } from './drafts.ts';
import { createPublishing, type Publishing } from './publish.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

/** What it needs of the service; a command has no more. */
export type ContentServices = Pick<Services, 'store' | 'releases' | 'clock' | 'log'>;

export interface ContentActions {
  workshop: Workshop;
  drafts: DraftActions;
  publishing: Publishing;
}

/** Opens it; the workshop's thread starts when it is first asked. */
export function createContentActions(services: ContentServices): ContentActions {
  const workshop = openWorkshop(services.store, services.clock, services.log);
  return { workshop, drafts: createDraftActions(services, workshop), publishing: createPublishing(services, workshop) };
}
