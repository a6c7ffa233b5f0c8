// Several nodes on one database with a provider and a load, for trials: a hotline that repeats what it is told, so that every
// reply says which message it answers. What counts is what the provider was given, never what the product says of itself.
import path from 'node:path';
import { openApp } from '../../../src/app.ts';
import { openLog } from '../../../src/util/log.ts';
import { freePort, startService, type ServiceProcess } from '../../support/process.ts';
import { startTwilio, type FakeTwilio } from '../../support/twilio-server.ts';
import { heardNumber, writeEchoContent } from './echo-content.ts';
import { openLoad, type Load } from './load.ts';

export interface Node {
  url: string;
  /** Null while it is down. */
  process: ServiceProcess | null;
  start(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface Cluster {
  nodes: Node[];
  /** Addresses of all nodes, whether they are up or not. */
  urls: string[];
  twilio: FakeTwilio;
  load: Load;
  close(): Promise<void>;
}

export interface ClusterOptions {
  /** Settings that point a node to its data. */
  environment: Record<string, string>;
  folder: string;
  nodes: number;
  /** How long a node may be at sending a line; as in production when left out. */
  sendLeaseMs?: number;
  /** How much faster than time the clock of the nodes runs. */
  clockSpeed?: number;
  /** `fatal` unless told otherwise. */
  logLevel?: string;
}

const PUBLIC_URL = 'http://127.0.0.1:9';

/** Starts the nodes. The first message of a person is answered with a welcome; `message <number>` is repeated. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const twilio = await startTwilio();
  const environment = {
    ...twilio.env,
    TWILIO_SMS_SEGMENTS_PER_SECOND: '100000',
    ...options.environment,
    PUBLIC_URL,
    LOG_LEVEL: options.logLevel ?? 'fatal',
  };
  await seed(options);
  const { sendLeaseMs = 60_000, clockSpeed = 1 } = options;
  const plain = options.sendLeaseMs === undefined && clockSpeed === 1;
  const program = plain ? undefined : ['test/faults/support/node.ts', String(sendLeaseMs), String(clockSpeed)];
  const nodes = await Promise.all(Array.from({ length: options.nodes }, async () => openNode(environment, await freePort(), program)));
  await Promise.all(nodes.map((node) => node.start()));
  const load = openLoad(twilio, PUBLIC_URL);
  return {
    nodes,
    urls: nodes.map((node) => node.url),
    twilio,
    load,
    async close() {
      await Promise.all(nodes.map((node) => node.kill('SIGTERM')));
      load.close();
      await twilio.close();
    },
  };
}

/** The content is release 1 of the database, whatever files the nodes have beside them. */
async function seed({ environment, folder }: ClusterOptions): Promise<void> {
  const content = path.join(folder, 'content');
  writeEchoContent(content);
  const app = await openApp({ folder: content, environment: { ...environment, NODE_ROLE: 'web' }, log: openLog('silent'), modules: [] });
  await app.close();
}

function openNode(environment: Record<string, string>, port: number, program: readonly string[] | undefined): Node {
  const node: Node = {
    url: `http://127.0.0.1:${port}`,
    process: null,
    async start() {
      node.process = await startService(environment, port, program);
    },
    async kill(signal) {
      const running = node.process;
      node.process = null;
      await running?.kill(signal);
    },
  };
  return node;
}

/** What the provider was given for each address, in its order: -1 for a welcome, else the number that it repeats. */
export function repliesByPerson({ messages }: FakeTwilio): Map<string, number[]> {
  const replies = new Map<string, number[]>();
  for (const { direction, to, body } of messages) {
    if (direction === 'inbound') continue;
    const known = replies.get(to);
    if (known) known.push(heardNumber(body) ?? -1);
    else replies.set(to, [heardNumber(body) ?? -1]);
  }
  return replies;
}
