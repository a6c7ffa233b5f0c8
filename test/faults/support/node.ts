// One node of the hotline as a program, with short leases for trials: `node node.ts <milliseconds>`. Settings as for `start`.
import { openApp, projectFolder } from '../../../src/app.ts';

const app = await openApp({ folder: projectFolder, sendLeaseMs: Number(process.argv[2]) });
await app.listen();
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
