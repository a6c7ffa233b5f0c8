// Files to and from this computer: written from base64 as downloads, read into base64 for an upload. Used by the exchange of content.

/** So much may be uploaded at once, all files together. */
export const MAX_BYTES = 10_000_000;

export interface OwnFile {
  name: string;
  base64: string;
}

/** Keeps a file on this computer. */
export function saveFile(name: string, type: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name.split('/').at(-1) ?? name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Reads a file; null where the browser could not, as when it was moved away meanwhile. */
export function readFile(file: File): Promise<OwnFile | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve({ name: file.name, base64: url.slice(url.indexOf(',') + 1) });
    });
    reader.addEventListener('error', () => resolve(null));
    reader.readAsDataURL(file);
  });
}
