// The alert of a crisis on the start page: there while it stands, in the language of the page, gone when it is over.
import { describe, expect, it } from 'vitest';
import { pageRoutes } from '../../src/http/page-routes.ts';
import { compileWith } from '../release/small-release.ts';

const END = Date.parse('2026-11-25T20:00:00Z');

async function pageAt(now: number, language: string): Promise<string> {
  const { release } = await compileWith({
    'flows/settings/hotline.yaml': [['limits: {}', "limits: {}\nalert: { until: '2026-11-25T20:00:00Z' }"]],
    'locales/es/system.json': [['"fault"', '"alert": "Crecida del río <ahora>.",\n  "fault"']],
    'locales/ar/system.json': [['"fault"', '"alert": "فيضان في المنطقة.",\n  "fault"']],
  });
  if (release === undefined) throw new Error('The release does not compile.');
  const { routes } = pageRoutes({
    folder: '/nowhere',
    release: () => release,
    off: [],
    now: () => now,
    staffed: () => Promise.resolve(true),
    local: false,
  });
  return (await routes!.request(`/?lang=${language}`)).text();
}

describe('the start page', () => {
  it('shows the alert first, in its language', async () => {
    const page = await pageAt(END - 1, 'es');
    expect(page).toContain('<strong>Crecida del río &lt;ahora&gt;.</strong>');
    expect(page.indexOf('Crecida')).toBeLessThan(page.indexOf('<h1>'));
    expect(await pageAt(END - 1, 'ar')).toContain('فيضان في المنطقة.');
  });

  it('shows it no more when it is over', async () => {
    expect(await pageAt(END, 'es')).not.toContain('Crecida');
  });
});
