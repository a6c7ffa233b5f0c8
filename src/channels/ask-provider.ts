// One question to a provider's API for `ventanilla doctor`: short, without redirects, and with faults as values.
// Called by the checks of channels. Nothing of what is asked or answered is logged.

const TIMEOUT_MS = 10_000;

export interface ProviderAnswer {
  /** 0 when there was no answer at all. */
  status: number;
  body: unknown;
  headers: Headers;
}

/** Asks. Never throws. */
export async function askProvider(url: string, init: RequestInit): Promise<ProviderAnswer> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const body: unknown = await response.json().catch(() => null);
    return { status: response.status, body, headers: response.headers };
  } catch {
    return { status: 0, body: null, headers: new Headers() };
  }
}
