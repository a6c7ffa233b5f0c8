import { it } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { openConsole, serveConsole } from '../../support/console.ts';
import { joinStaff } from '../../support/staff.ts';
it('big', async () => {
  const service = await serveConsole(); const browser = await launchBrowser(); const ana = await joinStaff(service, { alias: 'Ana' });
  const draft = (await ana.call('createDraft', { body: { title: 'Big' } })).id;
  const n = 300; const steps = Array.from({ length: n }, (_, i) => i % 5 === 0 && i < 290 ? { ask: `s${i}`, choices: ['x', 'y'], next: { x: `s${i + 3}`, y: `s${i + 7}` } } : { say: `s${i}` });
  const texts = steps.flatMap((s, i) => [[`s${i}`, `Text number ${i} of a long flow that goes on and on`], ...('ask' in s ? [[`s${i}.x`, 'The first'], [`s${i}.y`, 'The second']] : [])]);
  const edits1 = texts.slice(0, 500).map(([k, v]) => ({ address: `locales/en/big.json#${k}`, value: v, expects: 0 }));
  const edits2 = [...steps.map((s, i) => ({ address: `flows/big.yaml#steps/s${i}`, value: s, expects: 0 })), { address: 'flows/big.yaml#order', value: steps.map((_, i) => `s${i}`), expects: 0 }, { address: 'flows/big.yaml#head/triggers', value: { keywords: true }, expects: 0 }];
  await ana.call('editDraft', { params: { id: draft }, body: { edits: edits1 } }); await ana.call('editDraft', { params: { id: draft }, body: { edits: edits2 } });
  const { page } = await openConsole(browser, service, { as: ana, path: '/cases', viewport: { width: 1280, height: 900 } });
  for (const q of ['', '?view=graph']) {
    const t0 = Date.now();
    await page.goto(`${service.url}/console/content/${draft}/flows/big${q}`);
    await page.locator(q === '' ? '.step-row' : '.step-node').first().waitFor();
    console.log(q, 'shown after', Date.now() - t0, 'nodes', await page.locator(q === '' ? '.step-row' : '.step-node').count());
  }
  await page.screenshot({ path: '/tmp/shots/flows/big-graph.png' });
  await page.goto(`${service.url}/console/content/${draft}/flows/big?step=s150`);
  const when = page.getByRole('combobox', { name: 'Only if' }); await when.waitFor(); await page.waitForTimeout(1500);
  await page.evaluate(() => { (globalThis as any).__list = 0; (globalThis as any).__c = {}; }); const cdp = await page.context().newCDPSession(page); await cdp.send('Profiler.enable'); await cdp.send('Profiler.start'); const t1 = Date.now(); await when.pressSequentially('answers.s5 == "x" && hour > 8'); console.log('typing 29 letters', Date.now() - t1); console.log(await page.evaluate(() => [(globalThis as any).__list, JSON.stringify((globalThis as any).__c)])); const { profile } = await cdp.send('Profiler.stop'); { const self = new Map<string, number>(); const dts = profile.timeDeltas!; const byId = new Map(profile.nodes.map((x) => [x.id, x])); profile.samples!.forEach((id, i) => { const nd = byId.get(id)!; const k = nd.callFrame.functionName + ' ' + nd.callFrame.url.split('/').pop() + ':' + nd.callFrame.lineNumber + ':' + nd.callFrame.columnNumber; self.set(k, (self.get(k) ?? 0) + dts[i]! / 1000); }); console.log([...self].sort((a, b) => b[1] - a[1]).slice(0, 14).map(([k, v]) => v.toFixed(0) + ' ' + k).join('\n')); }
  await page.goto(`${service.url}/console/content/${draft}/flows/big?step=s150&view=graph`);
  await when.waitFor(); await page.waitForTimeout(2500);
  const t2 = Date.now(); await when.pressSequentially('answers.s5 == "x" && hour > 8'); console.log('typing 29 letters beside the graph', Date.now() - t2);
  await page.getByRole('button', { name: 'Show all of it' }).click(); await page.waitForTimeout(1000);
  await page.screenshot({ path: '/tmp/shots/flows/big-all.png' });
  await browser.close(); await service.close();
}, 240_000);
