// Keeps words over a reload of this tab without anybody being able to read them: AES-GCM under a key that only the server has
// and gives to whoever is signed in as the same staff member. Whoever finds the tab, or its copy on the disk, finds cipher text.
// Called by workspace.tsx. What cannot be opened (another person signed in, the key changed) is removed.

/** Where the cipher text stands; `sessionStorage` in a browser. */
export interface Place {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

export interface SealedMemory {
  read(): Promise<unknown>;
  write(value: unknown): Promise<void>;
}

const NAME = 'ventanilla.sealed';

/**
 * Opens the memory of a staff member.
 * @param key 32 bytes, base64
 */
export async function openSealedMemory(key: string, place: Place): Promise<SealedMemory> {
  const secret = await crypto.subtle.importKey('raw', fromBase64(key), 'AES-GCM', false, ['encrypt', 'decrypt']);
  return {
    async read() {
      const kept = place.getItem(NAME);
      if (kept === null) return null;
      try {
        const bytes = fromBase64(kept);
        const words = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12) }, secret, bytes.slice(12));
        return JSON.parse(new TextDecoder().decode(words)) as unknown;
      } catch {
        place.removeItem(NAME);
        return null;
      }
    },
    async write(value) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, new TextEncoder().encode(JSON.stringify(value)));
      try {
        place.setItem(NAME, toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)])));
      } catch {
        // A full or forbidden storage: the words are still in memory.
      }
    },
  };
}

/** Removes whatever is kept in this tab. */
export function forgetSealed(place: Place): void {
  place.removeItem(NAME);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
