// A picture or voice note as an answer that no browser takes for a page: a file to be shown inside the console, kept nowhere.
// What is shown, and to whom, is runtime/desk/media.ts's business.
import { readMedia } from '../../runtime/desk/media.ts';
import type { Handlers } from './handler.ts';
import { notFound, Refusal } from './refusal.ts';

const ENDINGS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/amr': 'amr',
  'video/mp4': 'mp4',
};

export const mediaHandlers: Pick<Handlers, 'readMedia'> = {
  async readMedia({ params, actor }, { services }) {
    const outcome = await readMedia(services, actor, params.id, params.mediaId);
    if (outcome.kind === 'not_found') throw notFound('file');
    if (outcome.kind !== 'shown') throw new Refusal('desk.refused', outcome.reason);
    const { bytes, contentType } = outcome;
    return new Response(Uint8Array.from(bytes), {
      headers: {
        'content-type': contentType,
        // Inside the console an attachment is shown all the same; opened by itself it is saved, and never run.
        'content-disposition': `attachment; filename="file.${ENDINGS[contentType] ?? 'bin'}"`,
        'content-security-policy': "sandbox; default-src 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  },
};
