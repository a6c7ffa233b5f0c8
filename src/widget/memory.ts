// What survives a reload within the tab: sessionStorage only, one key, gone with the tab. Used by connection and outbox.
// No text of the conversation is kept here but what was not yet sent. Where the browser forbids storage, the page's memory serves.

/** A message of the person on its way out. */
export interface Outgoing {
  /** Repeated with every try, so that the service takes it once. */
  clientId: string;
  text: string;
  /** Id of the button that was chosen. */
  payload?: string;
  /** Not to be tried again by itself. */
  failed?: boolean;
}

export interface Saved {
  conversationId?: string;
  token?: string;
  resumeToken?: string;
  /** When the token ends, ms. */
  expiresAt?: number;
  /** The conversation was started on the service. */
  started?: boolean;
  /** Sequence number of the newest line that was shown. */
  seen?: number;
  language?: string;
  /** The chat stood open. */
  open?: boolean;
  outbox?: Outgoing[];
}

export interface Memory {
  read(): Saved;
  write(change: Partial<Saved>): void;
  /** Forgets the conversation; what was not sent, the language and the open chat stay. */
  forgetConversation(): void;
  /** Forgets everything, and takes nothing more. */
  forgetForGood(): void;
}

const KEY = 'ventanilla';

/** Opens the memory of this tab. */
export function openMemory(): Memory {
  let saved: Saved = load();
  let gone = false;

  function store(next: Saved): void {
    if (gone) return;
    saved = next;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(saved));
    } catch {
      // Storage is full or forbidden: the page's own memory has it.
    }
  }

  return {
    read: () => saved,
    write: (change) => store({ ...saved, ...change }),
    forgetConversation() {
      const { language, open, outbox } = saved;
      store({ ...(language ? { language } : {}), ...(open ? { open } : {}), ...(outbox ? { outbox } : {}) });
    },
    forgetForGood() {
      gone = true;
      saved = {};
      try {
        sessionStorage.removeItem(KEY);
      } catch {
        // Nothing was stored.
      }
    },
  };
}

function load(): Saved {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
