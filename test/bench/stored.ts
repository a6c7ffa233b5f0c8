// What stored conversations cost: acknowledgements and answers beside 10,000 and beside 1,000,000 of them. Both services run
// at the same time and get every other message, so that whatever else this machine does falls on both.
import { createHmac, randomBytes } from 'node:crypto';
import { percentile, startProvider, tenth, type Provider } from './measure.ts';
import type { Figure } from './run.ts';
import { measuredService, SIGNING, type MeasuredService } from './service.ts';

const PER_SECOND = 50;
const WARM_UP = 500;
const MESSAGES = 3000;
/** Half of the messages come from somebody who wrote before. */
const PEOPLE = MESSAGES / 2;

interface Side {
  stored: number;
  service: MeasuredService;
  provider: Provider;
  acknowledged: number[];
  answered: number[];
  /** When each message was sent, by the number that it came from. */
  sent: Map<string, number>;
}

/**
 * The 99th percentiles of both.
 * @param places by how many conversations they hold
 */
export async function benchStored(name: string, places: Map<number, Record<string, string>>): Promise<Figure[]> {
  const sides = await Promise.all([...places].map(([stored, place]) => openSide(stored, place)));
  try {
    for (const count of [WARM_UP, MESSAGES]) {
      for (const side of sides) side.acknowledged.length = side.answered.length = 0;
      await send(sides, count);
    }
    return ['acknowledged', 'answered'].map((what) => {
      const of = (side: Side, share: number): number => percentile(what === 'answered' ? side.answered : side.acknowledged, share);
      const [few, many] = sides as [Side, Side];
      return {
        name: `${name}_${what}_p99_ratio`,
        value: of(many, 0.99) / of(few, 0.99),
        unit: `× with ${many.stored} conversations against ${few.stored}`,
        p50_ratio: Math.round((of(many, 0.5) / of(few, 0.5)) * 100) / 100,
        few_p50: tenth(of(few, 0.5)),
        few_p99: tenth(of(few, 0.99)),
        many_p50: tenth(of(many, 0.5)),
        many_p99: tenth(of(many, 0.99)),
        messages: MESSAGES,
      };
    });
  } finally {
    for (const { service, provider } of sides) {
      await service.stop();
      provider.close();
    }
  }
}

async function openSide(stored: number, place: Record<string, string>): Promise<Side> {
  const sent = new Map<string, number>();
  const answered: number[] = [];
  const provider = await startProvider((to) => {
    const since = sent.get(to);
    sent.delete(to);
    if (since !== undefined) answered.push(performance.now() - since);
  });
  return { stored, provider, service: await measuredService(place, provider), acknowledged: [], answered, sent };
}

async function send(sides: Side[], count: number): Promise<void> {
  const started = performance.now();
  const open: Promise<void>[] = [];
  for (let index = 0; index < count; index++) {
    // Both of a pair come a moment apart, and each is first as often as second.
    for (const [turn, side] of (index % 2 ? sides : sides.toReversed()).entries()) {
      const wait = started + (index * 1000) / PER_SECOND + (turn * 500) / PER_SECOND - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      open.push(post(side, index));
    }
  }
  await Promise.all(open);
  while (sides.some((side) => side.sent.size > 0) && performance.now() - started < (count / PER_SECOND) * 1000 + 30_000)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function post({ service: { target }, acknowledged, sent }: Side, index: number): Promise<void> {
  const from = `+3462${String(index % PEOPLE).padStart(7, '0')}`;
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const params: Record<string, string> = {
    AccountSid: SIGNING.accountSid ?? '',
    Body: index < PEOPLE ? 'hola' : 'menu',
    From: from,
    MessageSid: sid,
    NumMedia: '0',
    To: '+15005550006',
  };
  const signed =
    target +
    Object.keys(params)
      .map((name) => name + params[name])
      .join('');
  const signature = createHmac('sha1', SIGNING.authToken ?? '')
    .update(signed)
    .digest('base64');
  const begun = performance.now();
  sent.set(from, begun);
  const response = await fetch(target, { method: 'POST', body: new URLSearchParams(params), headers: { 'x-twilio-signature': signature } });
  if (!response.ok) throw new Error(`A message was refused: ${response.status}`);
  await response.text();
  acknowledged.push(performance.now() - begun);
}
