// A service process that has everything loaded before it is needed: bundled and forked by test/faults/support/quick-service.ts.
// It opens the app and listens when it is told to, so that a restart costs a tenth of a second and not one and a half.
import { openApp } from '../../../src/app.ts';
import { twilio } from '../../../src/channels/twilio/twilio.ts';
import { createQuietSurface } from '../../support/quiet-surface.ts';

process.on('message', (message) => {
  if (message === 'open') void open();
});
process.once('disconnect', () => process.exit());
process.send?.('loaded');

async function open(): Promise<void> {
  const { CONTENT_FOLDER: folder = '.', SEND_LEASE_MS: lease = '60000', ...environment } = process.env;
  const surface = createQuietSurface().module;
  const app = await openApp({ folder, environment, modules: [twilio], surface, sendLeaseMs: Number(lease) });
  await app.listen();
  process.send?.('ready');
  process.once('SIGTERM', () => void app.close().then(() => process.exit()));
}
