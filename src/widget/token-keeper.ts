// Keeps a token that is good: gets the first, refreshes it in time, and revives a conversation that slept. Used by connection.ts.
import type { ConversationGrant } from '../api/direct-line.ts';
import type { DirectLineClient, Reply } from './direct-line-client.ts';
import type { Memory } from './memory.ts';

/** Half of what a token lives: enough for a page that sends now and then. */
const REFRESH_BEFORE_MS = 15 * 60_000;

export interface TokenKeeper {
  /** Remembers what the service granted. */
  keep(grant: ConversationGrant): void;
  /** A token that is good for now, or the reply that says why there is none. */
  ensure(): Promise<{ token: string } | { problem: Reply<unknown> & { ok: false } }>;
}

/** Makes the keeper of this tab. */
export function createTokenKeeper(client: DirectLineClient, memory: Memory): TokenKeeper {
  function keep(grant: ConversationGrant): void {
    const { conversationId, token, resumeToken, expires_in: seconds } = grant;
    memory.write({ conversationId, token, expiresAt: Date.now() + seconds * 1000, ...(resumeToken === undefined ? {} : { resumeToken }) });
  }
  return {
    keep,
    async ensure() {
      const { token, expiresAt = 0, resumeToken } = memory.read();
      const left = expiresAt - Date.now();
      if (token !== undefined && left > REFRESH_BEFORE_MS) return { token };
      const old = left > 0 ? token : resumeToken;
      const reply = old === undefined ? await client.generateToken() : await client.refreshToken(old);
      if (reply.ok) {
        keep(reply.body);
        return { token: reply.body.token };
      }
      // It could not be refreshed just now, but it is not over yet.
      if (token !== undefined && left > 0 && reply.status !== 403) return { token };
      return { problem: reply };
    },
  };
}
