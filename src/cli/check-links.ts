// Asks every linked page whether it is still there. Called by `check --links`; asks by safe-fetch.ts, since authors typed the addresses.
// A page that is gone is an error. A network that fails, or a server that will not say, is a warning: it may be different tomorrow.
import { errorAt, sortProblems, warningAt, type Problem } from '../release/problem.ts';
import type { Link } from '../release/find-links.ts';
import { PUBLIC_WEB, safeFetch, type FetchPolicy, type SafeAnswer } from '../util/safe-fetch.ts';

/** Hosts that are asked at the same time; each of them is asked one thing after the other. */
const CONCURRENCY = 4;
const MAX_HOPS = 3;
const FEW_BYTES = 1024;
const GONE = new Set([404, 410]);
const HEADERS = { 'user-agent': 'ventanilla link check', accept: '*/*' };

type Verdict = { kind: 'good' } | { kind: 'dead' | 'unsure'; reason: string };

/**
 * Checks links.
 * @param policy where requests may go; tests set their own, no setting does
 * @returns `link.dead` for each place of a link that leads nowhere, `link.unsure` where nobody can tell now
 */
export async function checkLinks(links: Link[], policy: FetchPolicy = PUBLIC_WEB): Promise<Problem[]> {
  const byHost = new Map<string, string[]>();
  for (const url of new Set(links.map((link) => link.url))) {
    const { host } = new URL(url);
    byHost.set(host, [...(byHost.get(host) ?? []), url]);
  }
  const verdicts = new Map<string, Verdict>();
  const hosts = [...byHost.values()];
  const work = async (): Promise<void> => {
    for (let urls = hosts.shift(); urls !== undefined; urls = hosts.shift())
      for (const url of urls) verdicts.set(url, await judge(url, policy));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return sortProblems(links.flatMap((link) => toProblem(link, verdicts.get(link.url) ?? { kind: 'good' })));
}

function toProblem(link: Link, verdict: Verdict): Problem[] {
  if (verdict.kind === 'good') return [];
  if (verdict.kind === 'dead')
    return [errorAt(link, 'link.dead', `The link ${link.url} leads nowhere: ${verdict.reason}. Mend it or take it out.`)];
  return [warningAt(link, 'link.unsure', `The link ${link.url} could not be checked: ${verdict.reason}.`)];
}

/** Follows a link; every hop is held against the policy like the first. */
async function judge(url: string, policy: FetchPolicy): Promise<Verdict> {
  let at = url;
  for (let hop = 0; hop <= MAX_HOPS; hop += 1) {
    const answer = await ask(at, policy);
    if (answer.kind === 'refused') return { kind: 'dead', reason: answer.reason };
    if (answer.kind === 'failed') return { kind: 'unsure', reason: answer.reason };
    const { status, headers } = answer;
    const next = status >= 300 && status < 400 ? headers['location'] : undefined;
    if (next === undefined) return judgeStatus(status);
    if (!URL.canParse(next, at)) return { kind: 'dead', reason: 'it is led on to something that is no address' };
    at = new URL(next, at).href;
  }
  return { kind: 'unsure', reason: 'it is led on too often' };
}

function judgeStatus(status: number): Verdict {
  if (GONE.has(status)) return { kind: 'dead', reason: `the server answers ${status}` };
  return status >= 400 ? { kind: 'unsure', reason: `the server answers ${status}` } : { kind: 'good' };
}

/** HEAD costs both sides least; servers that do not know it, or answer it wrongly, are asked for the first bytes. */
async function ask(url: string, policy: FetchPolicy): Promise<SafeAnswer> {
  const head = await safeFetch(url, { method: 'HEAD', headers: HEADERS, policy });
  if (head.kind !== 'answered' || head.status < 400) return head;
  const headers = { ...HEADERS, range: `bytes=0-${FEW_BYTES - 1}` };
  return safeFetch(url, { headers, policy, maxBytes: FEW_BYTES, mayCut: true });
}
