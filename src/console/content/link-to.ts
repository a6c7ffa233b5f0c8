// Where an entry of a release is edited: its address (release/entry.ts) as an address of the console. Used by problems, changes,
// search hits and comments. Knows the pages' addresses and nothing of what they show.
import { kindOf, partsOf, type EntryAddress } from '../../release/entry.ts';
import { parseForm } from '../../rendering/text-forms.ts';

/** The page that edits the entry, below /console. `source`: `current`, a release's number, or a draft's id. */
export function linkTo(address: EntryAddress, source: string): string {
  const home = `/content/${source}`;
  const { file, key } = partsOf(address);
  const [, folder = '', name = ''] = file.split('/');
  switch (kindOf(address)) {
    case 'text':
      return linkToText(home, folder, name.replace('.json', ''), key);
    case 'review':
      return linkToReview(home, folder, key);
    case 'flow_step':
      return `${home}/flows/${flowOf(folder)}?step=${encodeURIComponent(key.slice('steps/'.length))}`;
    case 'flow_head':
    case 'flow_order':
      return `${home}/flows/${flowOf(folder)}`;
    case 'answer':
      return `${home}/answers/${encodeURIComponent(key)}`;
    case 'place':
      return `${home}/places/${encodeURIComponent(key)}`;
    case 'term':
      return `${home}/texts?term=${encodeURIComponent(key)}`;
    case 'transcript':
      return `${home}/preview?transcript=${encodeURIComponent(name.replace('.yaml', ''))}`;
    default:
      return `${home}/settings?entry=${encodeURIComponent(address)}`;
  }
}

/** The step of a flow where something is said. */
export function linkToStep(flow: string, step: string | null, source: string): string {
  const page = `/content/${source}/flows/${encodeURIComponent(flow)}`;
  return step === null ? page : `${page}?step=${encodeURIComponent(step)}`;
}

/** The language of an address below locales/; null where it belongs to none. */
export function languageOf(address: EntryAddress): string | null {
  const [top, folder = '', name] = partsOf(address).file.split('/');
  return top === 'locales' && name !== undefined ? folder : null;
}

/** What an answer says is edited with the answer; all other texts stand in the grid of texts. */
function linkToText(home: string, language: string, namespace: string, key: string): string {
  if (namespace === 'answers') {
    const [id = ''] = parseForm(key).base.split('.');
    return `${home}/answers/${encodeURIComponent(id)}?language=${language}`;
  }
  const query = new URLSearchParams({ namespace, q: key, languages: language });
  return `${home}/texts?${query}`;
}

function linkToReview(home: string, language: string, key: string): string {
  const [namespace = '', ...name] = key.replace('texts/', '').split(':');
  return name.length === 0 ? `${home}/texts?languages=${language}` : linkToText(home, language, namespace, name.join(':'));
}

function flowOf(fileName: string): string {
  return encodeURIComponent(fileName.replace('.yaml', ''));
}
