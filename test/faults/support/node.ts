// One node of the hotline as a program, with short leases and a fast clock for trials: `node node.ts <milliseconds> [speed]`.
// Settings as for `start`.
import { openApp, projectFolder } from '../../../src/app.ts';

const began = Date.now();
const speed = Number(process.argv[3] ?? 1);
const clock = (): number => began + (Date.now() - began) * speed;
const app = await openApp({ folder: projectFolder, sendLeaseMs: Number(process.argv[2]), clock });
await app.listen();
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
